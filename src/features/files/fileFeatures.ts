import * as vscode from "vscode";
import { LANGUAGES } from "../../manifest.ts";
import type { AppContext } from "../app.ts";
import { fileAddress } from "./fileAddress.ts";
import { FileLenses } from "./fileLenses.ts";

const SELECTOR: vscode.DocumentSelector = LANGUAGES.map((language) => ({
  pattern: `**/*.${language}.json`,
}));

/** What an open file of a server or portal has. */
export function registerFileFeatures(
  { store }: Pick<AppContext, "store">,
  sideChanged: (uri: vscode.Uri) => void,
): vscode.Disposable {
  const lenses = new FileLenses(store, sideChanged);
  for (const document of vscode.workspace.textDocuments) {
    allowComments(document);
  }
  return vscode.Disposable.from(
    lenses,
    vscode.languages.registerCodeLensProvider(SELECTOR, lenses),
    vscode.workspace.onDidOpenTextDocument(allowComments),
  );
}

/** VS Code's JSON service takes a comment for an error in any language but this one. */
function allowComments(document: vscode.TextDocument): void {
  if (
    LANGUAGES.some((each) => each === document.languageId) &&
    fileAddress(document.uri) !== undefined
  ) {
    vscode.languages.setTextDocumentLanguage(document, "jsonc").then(undefined, () => undefined);
  }
}
