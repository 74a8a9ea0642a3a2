import * as vscode from "vscode";
import { LANGUAGES, SCHEME } from "../../manifest.ts";
import type { AppContext } from "../app.ts";
import { type DescribedTexts, OUR_DOCUMENTS } from "./describedTexts.ts";
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
  return vscode.Disposable.from(
    lenses,
    vscode.languages.registerCodeLensProvider(selector, lenses),
    registerNameFeatures({ store, costs }, selector, OUR_DOCUMENTS),
  );
}

/** What the names of servers, tools and prompts have in texts that describe them. */
export function registerNameFeatures(
  { store, costs }: Pick<AppContext, "store" | "costs">,
  selector: vscode.DocumentSelector,
  texts: DescribedTexts,
): vscode.Disposable {
  const hints = new ExposedNameHints(store, texts);
  const names = new NameProvider(store, costs, texts);
  return vscode.Disposable.from(
    hints,
    vscode.languages.registerInlayHintsProvider(selector, hints),
    vscode.languages.registerCompletionItemProvider(selector, names, '"'),
    vscode.languages.registerHoverProvider(selector, names),
  );
}
