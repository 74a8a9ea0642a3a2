import * as vscode from "vscode";
import { GUIDED, MILESTONES, type Milestone, WALKTHROUGH } from "../manifest.ts";

/**
 * Completes a step of the walkthrough. The commands themselves can't be its events: VS Code runs a
 * click on a row and a quick fix under generated ids, and a cancelled command has done nothing.
 */
export function completeStep(milestone: Milestone): void {
  void vscode.commands.executeCommand("setContext", MILESTONES[milestone], true);
}

/** Keeps the editor open, because a preview would be replaced by the first server's document. */
export async function openWalkthrough(): Promise<void> {
  await vscode.commands.executeCommand("workbench.action.openWalkthrough", WALKTHROUGH);
  await vscode.commands.executeCommand("workbench.action.keepEditor");
  await vscode.commands.executeCommand("setContext", GUIDED, true);
}
