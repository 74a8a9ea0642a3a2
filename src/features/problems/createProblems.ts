import * as vscode from "vscode";
import type { Costs } from "../../engine/cost/costs.ts";
import type { SharedJson } from "../../engine/ports.ts";
import type { ReadonlyStore } from "../../engine/store.ts";
import { LANGUAGES, SCHEME } from "../../manifest.ts";
import { type DescribedTexts, OUR_DOCUMENTS } from "../documents/index.ts";
import { AcceptedHintsStore } from "./acceptedHints.ts";
import { Explanations, ProblemsPanel } from "./diagnostics.ts";
import { Drafts } from "./drafts.ts";
import { Findings, type LossesSource, type ReachSource } from "./findings.ts";
import { registerFixes } from "./registerFixes.ts";
import { RowDecorations } from "./rowDecorations.ts";
import { Rules } from "./rules.ts";

export interface ProblemsParts {
  readonly findings: Findings;
  readonly disposables: readonly vscode.Disposable[];
  /** Shows and fixes problems in other texts than our documents. */
  readonly showIn: ShowProblems;
}

export type ShowProblems = (
  texts: DescribedTexts,
  selector: vscode.DocumentSelector,
) => Promise<vscode.Disposable>;

/** The files of an account, undefined for one that isn't stored, and what its review knows. */
export interface ProblemFiles extends LossesSource, ReachSource {
  /** The hints that an administrator accepted. */
  acceptedHints(accountId: string): SharedJson | undefined;
}

/**
 * Creates everything that finds, shows and fixes problems.
 * @param onUnkept is called when the accepted hints couldn't be written
 */
export function createProblems(
  store: ReadonlyStore,
  files: ProblemFiles,
  costs: Costs,
  onUnkept: (error: unknown) => void,
  { globalState, extensionUri }: Pick<vscode.ExtensionContext, "globalState" | "extensionUri">,
): ProblemsParts {
  const rules = new Rules();
  const accepted = new AcceptedHintsStore((id) => files.acceptedHints(id), globalState, onUnkept);
  const findings = new Findings(store, accepted, rules, files, costs);
  const drafts = new Drafts(store, findings, rules);
  const rows = new RowDecorations(findings);
  const explanations = new Explanations(extensionUri, vscode.env.language);
  const panel = new ProblemsPanel(store, findings, drafts, explanations);
  const fixes = registerFixes(
    { store, findings },
    { drafts, texts: OUR_DOCUMENTS },
    LANGUAGES.map((language) => ({ language, scheme: SCHEME })),
  );
  return {
    findings,
    disposables: [findings, rows, panel, fixes],
    showIn: async (texts, selector) => {
      const { TextProblems } = await import("./textProblems.ts");
      const its = new Drafts(store, findings, rules, texts);
      return vscode.Disposable.from(
        new TextProblems({ store, findings, drafts: its, texts }, explanations),
        registerFixes({ store, findings }, { drafts: its, texts }, selector),
      );
    },
  };
}
