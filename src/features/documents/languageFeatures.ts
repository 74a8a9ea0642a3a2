import * as vscode from "vscode";
import { LANGUAGES, SCHEME } from "../../manifest.ts";
import type { AppContext } from "../app.ts";
import { ExposedNameHints } from "./inlayHints.ts";
import { DocumentLenses } from "./lenses.ts";
import { NameProvider } from "./names.ts";
import type { StaleDrafts } from "./staleDrafts.ts";

/** Completion, hovers, CodeLenses and inlay hints. Only an open document needs them. */
export function registerLanguageFeatures(
  { store, costs }: Pick<AppContext, "store" | "costs">,
  staleDrafts: StaleDrafts,
): vscode.Disposable {
  const selector = LANGUAGES.map((language) => ({ scheme: SCHEME, language }));
  const lenses = new DocumentLenses(store, staleDrafts);
  const hints = new ExposedNameHints(store);
  const names = new NameProvider(store, costs);
  return vscode.Disposable.from(
    lenses,
    hints,
    vscode.languages.registerCodeLensProvider(selector, lenses),
    vscode.languages.registerInlayHintsProvider(selector, hints),
    vscode.languages.registerCompletionItemProvider(selector, names, '"'),
    vscode.languages.registerHoverProvider(selector, names),
  );
}
