import * as vscode from "vscode";
import { LANGUAGE, SCHEMA_SCHEME, SCHEME } from "../../contributions.ts";
import type { Sessions } from "../../store/sessions.ts";
import type { ReadonlyStore } from "../../store/store.ts";
import { DEFINITIONS } from "./definitions.ts";
import { DerivedDocuments } from "./derived.ts";
import { checkWhileTyping } from "./diagnostics.ts";
import { ServerLenses } from "./lenses.ts";
import { NameProvider } from "./names.ts";
import { NEWEST } from "./newer.ts";
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
  const newest = new DerivedDocuments(store, NEWEST);
  const definitions = new DerivedDocuments(store, DEFINITIONS);
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
    vscode.workspace.registerTextDocumentContentProvider(NEWEST.scheme, newest),
    vscode.workspace.registerTextDocumentContentProvider(SCHEMA_SCHEME, {
      provideTextDocumentContent: async () => (await import("./schema.ts")).documentSchema(),
    }),
    vscode.workspace.registerTextDocumentContentProvider(DEFINITIONS.scheme, definitions),
    vscode.languages.registerCodeLensProvider(selector, lenses),
    vscode.languages.registerCompletionItemProvider(selector, names, '"'),
    vscode.languages.registerHoverProvider(selector, names),
  ];
}
