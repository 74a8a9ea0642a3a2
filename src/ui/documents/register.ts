import * as vscode from "vscode";
import {
  DEFINITION_SCHEME,
  LANGUAGE,
  NEWEST_SCHEME,
  SCHEMA_SCHEME,
  SCHEME,
} from "../../contributions.ts";
import type { Sessions } from "../../store/sessions.ts";
import type { ReadonlyStore } from "../../store/store.ts";
import { Definitions } from "./definitions.ts";
import { checkWhileTyping } from "./diagnostics.ts";
import { ServerLenses } from "./lenses.ts";
import { NameProvider } from "./names.ts";
import { Newest } from "./newer.ts";
import { Outdated } from "./outdated.ts";
import { type Save, ServerDocuments } from "./provider.ts";
import { ReadDocuments } from "./readDocuments.ts";
import { trackRefusals } from "./refusals.ts";

/** @param ready settles when the accounts of an earlier window are back */
export function registerDocuments(
  store: ReadonlyStore,
  sessions: Sessions,
  ready: Promise<unknown>,
): readonly vscode.Disposable[] {
  const save = async (what: Save): Promise<void> =>
    (await import("./save.ts")).saveDocument(store, sessions, what);
  const read = new ReadDocuments(store);
  const outdated = new Outdated(store, (uri) => read.baseOf(uri));
  const documents = new ServerDocuments(store, read, ready, (what) =>
    outdated.during(what.uri, () => save(what)),
  );
  const lenses = new ServerLenses(store, outdated);
  const names = new NameProvider(store);
  const newest = new Newest(store);
  const definitions = new Definitions(store);
  const selector = { scheme: SCHEME, language: LANGUAGE };
  return [
    read,
    outdated,
    lenses,
    newest,
    definitions,
    ...trackRefusals(store),
    ...checkWhileTyping(store),
    vscode.workspace.registerFileSystemProvider(SCHEME, documents, { isCaseSensitive: true }),
    vscode.workspace.registerTextDocumentContentProvider(NEWEST_SCHEME, newest),
    vscode.workspace.registerTextDocumentContentProvider(SCHEMA_SCHEME, {
      provideTextDocumentContent: async () => (await import("./schema.ts")).documentSchema(),
    }),
    vscode.workspace.registerTextDocumentContentProvider(DEFINITION_SCHEME, definitions),
    vscode.languages.registerCodeLensProvider(selector, lenses),
    vscode.languages.registerCompletionItemProvider(selector, names, '"'),
    vscode.languages.registerHoverProvider(selector, names),
  ];
}
