import * as vscode from "vscode";
import type { ReadonlyStore } from "../../engine/store.ts";
import { AcceptedHintsStore } from "./acceptedHints.ts";
import { Rules } from "./accountChecks.ts";
import { registerFixes } from "./codeActions.ts";
import { Explanations, ProblemsPanel } from "./diagnostics.ts";
import { Drafts } from "./drafts.ts";
import { Findings } from "./findings.ts";
import { RowDecorations } from "./rowDecorations.ts";

export interface Checks {
  readonly problems: Findings;
  readonly rows: RowDecorations;
  readonly disposables: readonly vscode.Disposable[];
}

/** Everything that tells what is wrong, and what can be done about it. */
export function createProblems(
  store: ReadonlyStore,
  { globalState, extensionUri }: Pick<vscode.ExtensionContext, "globalState" | "extensionUri">,
): Checks {
  const rules = new Rules();
  const problems = new Findings(store, new AcceptedHintsStore(globalState), rules);
  const drafts = new Drafts(problems, rules);
  const rows = new RowDecorations(problems);
  const panel = new ProblemsPanel(
    problems,
    drafts,
    new Explanations(extensionUri, vscode.env.language),
  );
  return { problems, rows, disposables: [problems, rows, panel, registerFixes(problems, drafts)] };
}
