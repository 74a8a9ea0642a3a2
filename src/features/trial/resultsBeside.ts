import * as vscode from "vscode";
import { TRIAL_SCHEME } from "../../manifest.ts";
import { ARGUMENTS_ENDING, type Trial } from "./trials.ts";

/** Where results are shown: beside the arguments, which keep the focus. */
export const BESIDE = {
  viewColumn: vscode.ViewColumn.Beside,
  preserveFocus: true,
  preview: true,
} as const;

/**
 * Takes the results of other tools away from beside a tool's arguments, and shows its own last result
 * in their place, when it has one. A result that somebody pinned stays.
 */
export async function followTrial(trial: Trial): Promise<void> {
  const [other] = tabsOfOthers(trial);
  if (other === undefined) {
    return;
  }
  if (trial.calls.length > 0) {
    const { isActive, viewColumn } = other.group;
    const document = await vscode.workspace.openTextDocument(trial.result);
    // The arguments have the active group, and would be covered there.
    await vscode.window.showTextDocument(document, isActive ? BESIDE : { ...BESIDE, viewColumn });
  }
  await closeOthers(trial);
}

/** What beside the arguments is of another tool: its results and the pictures in them. */
export async function closeOthers(trial: Trial): Promise<void> {
  await vscode.window.tabGroups.close(tabsOfOthers(trial), true);
}

function tabsOfOthers({ number }: Trial): readonly vscode.Tab[] {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(({ input, isPinned }) => {
      const uri = uriOf(input);
      return (
        !isPinned &&
        uri?.scheme === TRIAL_SCHEME &&
        !uri.path.endsWith(ARGUMENTS_ENDING) &&
        !uri.path.startsWith(`/${number}/`)
      );
    });
}

/** Pictures are in an editor of their own. */
function uriOf(input: unknown): vscode.Uri | undefined {
  return input instanceof vscode.TabInputText || input instanceof vscode.TabInputCustom
    ? input.uri
    : undefined;
}
