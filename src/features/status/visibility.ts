import * as vscode from "vscode";
import { onDidChangeSettings } from "../../editor/settings.ts";
import { SCHEME, type Target } from "../../manifest.ts";

/** Whether a person can see anything of ours: the view, or a document. */
export function isAnythingVisible(view: vscode.TreeView<Target>): boolean {
  return (
    view.visible ||
    vscode.window.visibleTextEditors.some(({ document }) => document.uri.scheme === SCHEME)
  );
}

/** Calls back when refreshes may be due at another time: by what is visible, or by the settings. */
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
