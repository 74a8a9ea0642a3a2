import * as vscode from "vscode";
import { LANGUAGE, SCHEME } from "../../contributions.ts";
import type { Drafts } from "./drafts.ts";
import type { Problems } from "./problems.ts";

/** Offers what can be done at each problem: in the lightbulb and in the Problems panel. */
export function registerFixes(problems: Problems, drafts: Drafts): vscode.Disposable {
  return vscode.languages.registerCodeActionsProvider(
    { language: LANGUAGE, scheme: SCHEME },
    {
      async provideCodeActions(document, _range, { diagnostics }) {
        const { actionsAt } = await import("./actions.ts");
        return actionsAt(problems, drafts, document, diagnostics);
      },
    },
    { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
  );
}
