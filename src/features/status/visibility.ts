import * as vscode from "vscode";
import { onDidChangeSettings } from "../../editor/settings.ts";
import { SCHEME, type Target } from "../../manifest.ts";

/** True when the view or a document of ours is visible. */
export function isAnythingVisible(view: vscode.TreeView<Target>): boolean {
  return (
    view.visible ||
    vscode.window.visibleTextEditors.some(({ document }) => document.uri.scheme === SCHEME)
  );
}

/** Calls back when the pace of refreshes may change, with visibility or settings. */
export function onRefreshPace(
  view: vscode.TreeView<Target>,
  changed: () => void,
): readonly vscode.Disposable[] {
  return [
    view.onDidChangeVisibility(changed),
    vscode.window.onDidChangeVisibleTextEditors(changed),
    onDidChangeSettings(["refreshInterval", "refreshBackground"], changed),
  ];
}
