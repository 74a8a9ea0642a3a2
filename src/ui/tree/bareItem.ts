import * as vscode from "vscode";
import type { Target } from "../../contributions.ts";
import { nodeId } from "./nodes.ts";

/** A row by its id and its label, to be added to. */
export function bareItem(
  node: Target,
  label: string,
  collapsible = vscode.TreeItemCollapsibleState.None,
): vscode.TreeItem {
  const item = new vscode.TreeItem(label, collapsible);
  item.id = nodeId(node);
  return item;
}
