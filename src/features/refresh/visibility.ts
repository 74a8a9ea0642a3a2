import * as vscode from "vscode";
import { onDidChangeSettings } from "../../editor/settings.ts";
import { SCHEME } from "../../manifest.ts";

type View = Pick<vscode.TreeView<unknown>, "visible" | "onDidChangeVisibility">;

/** True when a view or a document of ours is visible. */
export function isAnythingVisible(views: readonly View[]): boolean {
  return (
    views.some(({ visible }) => visible) ||
    vscode.window.visibleTextEditors.some(({ document }) => document.uri.scheme === SCHEME)
  );
}

/** Calls back when the pace of refreshes may change, with visibility or settings. */
export function onRefreshPace(
  views: readonly View[],
  changed: () => void,
): readonly vscode.Disposable[] {
  return [
    ...views.map((view) => view.onDidChangeVisibility(changed)),
    vscode.window.onDidChangeVisibleTextEditors(changed),
    onDidChangeSettings(["refreshInterval", "refreshBackground"], changed),
  ];
}
