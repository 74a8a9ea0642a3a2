import * as vscode from "vscode";
import { LANGUAGES, SCHEME } from "../../manifest.ts";
import type { ActionSource } from "./codeActions.ts";
import type { Drafts } from "./drafts.ts";
import type { FixSource } from "./fixPlan.ts";

/**
 * Offers fixes in the lightbulb and in the Problems view. Loads them when they are asked for: with
 * them, activation reads 7 % more.
 */
export function registerFixes(source: FixSource, drafts: Drafts): vscode.Disposable {
  let loading: Promise<Actions> | undefined;
  return vscode.languages.registerCodeActionsProvider(
    LANGUAGES.map((language) => ({ language, scheme: SCHEME })),
    {
      async provideCodeActions(document, _range, { diagnostics }) {
        loading ??= load(source);
        const { app, actionsAt } = await loading;
        return actionsAt(app, drafts, document, diagnostics);
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
