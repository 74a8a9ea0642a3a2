import * as vscode from "vscode";
import { LANGUAGES } from "../../manifest.ts";
import type { AppContext } from "../app.ts";
import { type DescribedTexts, nameFeatures } from "../documents/index.ts";
import { fileAddress } from "./fileAddress.ts";
import { FileLenses } from "./fileLenses.ts";
import { OpenFiles } from "./openFiles.ts";
import { FolderLocks } from "./workspaceFiles.ts";

const SELECTOR: vscode.DocumentSelector = LANGUAGES.map((language) => ({
  pattern: `**/*.${language}.json`,
}));

/** Shows and fixes problems in texts that describe servers and portals. */
export type ProblemsIn = (
  texts: DescribedTexts,
  selector: vscode.DocumentSelector,
) => Promise<vscode.Disposable>;

/** What an open file of a server or portal has. */
export async function registerFileFeatures(
  app: Pick<AppContext, "store" | "costs">,
  problemsIn: ProblemsIn,
  sideChanged: (uri: vscode.Uri) => void,
): Promise<vscode.Disposable> {
  const { store } = app;
  const locks = new FolderLocks();
  const lenses = new FileLenses(store, locks, sideChanged);
  const files = new OpenFiles(store, locks);
  for (const document of vscode.workspace.textDocuments) {
    allowComments(document);
  }
  return vscode.Disposable.from(
    locks,
    lenses,
    files,
    vscode.languages.registerCodeLensProvider(SELECTOR, lenses),
    vscode.workspace.onDidOpenTextDocument(allowComments),
    await nameFeatures(app, SELECTOR, files),
    await problemsIn(files, SELECTOR),
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
