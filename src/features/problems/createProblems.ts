import * as vscode from "vscode";
import type { SharedJson } from "../../engine/ports.ts";
import type { ReadonlyStore } from "../../engine/store.ts";
import { AcceptedHintsStore } from "./acceptedHints.ts";
import { Rules } from "./accountChecks.ts";
import { registerFixes } from "./codeActions.ts";
import { Explanations, ProblemsPanel } from "./diagnostics.ts";
import { Drafts } from "./drafts.ts";
import { Findings } from "./findings.ts";
import { RowDecorations } from "./rowDecorations.ts";

export interface ProblemsParts {
  readonly findings: Findings;
  readonly disposables: readonly vscode.Disposable[];
}

/**
 * Creates everything that finds, shows and fixes problems.
 * @param hintsOf the file of an account's accepted hints
 * @param onUnkept is called when that file couldn't be written
 */
export function createProblems(
  store: ReadonlyStore,
  hintsOf: (accountId: string) => SharedJson | undefined,
  onUnkept: (error: unknown) => void,
  { globalState, extensionUri }: Pick<vscode.ExtensionContext, "globalState" | "extensionUri">,
): ProblemsParts {
  const rules = new Rules();
  const accepted = new AcceptedHintsStore(hintsOf, globalState, onUnkept);
  const findings = new Findings(store, accepted, rules);
  const drafts = new Drafts(store, findings, rules);
  const rows = new RowDecorations(findings);
  const panel = new ProblemsPanel(
    store,
    findings,
    drafts,
    new Explanations(extensionUri, vscode.env.language),
  );
  return {
    findings,
    disposables: [findings, rows, panel, registerFixes({ store, findings }, drafts)],
  };
}
