import * as vscode from "vscode";
import { VIEWS } from "../../contributions.ts";

/** Also takes the focus there: the button that had it is gone, and what comes next is in the tree. */
export async function showServers(): Promise<void> {
  await vscode.commands.executeCommand(`${VIEWS.servers}.focus`);
}
