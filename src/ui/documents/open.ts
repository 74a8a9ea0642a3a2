import * as vscode from "vscode";
import { reach } from "../milestones.ts";
import { serverUri } from "./uri.ts";

/** Opens a server's document; the ending of its name gives it its language. */
export async function openServerDocument(
  accountId: string,
  serverId: string,
  options: vscode.TextDocumentShowOptions = {},
): Promise<vscode.TextEditor> {
  const document = await vscode.workspace.openTextDocument(serverUri(accountId, serverId));
  const editor = await vscode.window.showTextDocument(document, { preview: true, ...options });
  reach("explored");
  return editor;
}
