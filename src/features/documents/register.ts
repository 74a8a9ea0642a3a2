import * as vscode from "vscode";
import type { Observable } from "../../editor/observable.ts";
import { VirtualDocuments } from "../../editor/virtualDocuments.ts";
import type { State } from "../../engine/state.ts";
import { LANGUAGES, SCHEMA_SCHEME, SCHEME } from "../../manifest.ts";
import type { AppContext } from "../app.ts";
import { DEFINITIONS } from "./definitions.ts";
import { ReadDocuments, ResourceFiles } from "./fileSystemProvider.ts";
import { ExposedNameHints } from "./inlayHints.ts";
import { DocumentLenses } from "./lenses.ts";
import { NameProvider } from "./names.ts";
import { saveDocument } from "./save.ts";
import { documentSchema, wakeJsonService } from "./schema.ts";
import { REMOTE_DOCUMENT, StaleDrafts } from "./staleDrafts.ts";

/** @param ready settles when the accounts of an earlier window are open */
export function registerDocuments(
  app: AppContext,
  ready: Promise<unknown>,
): readonly vscode.Disposable[] {
  const { store } = app;
  const read = new ReadDocuments(store);
  const staleDrafts = new StaleDrafts(store, (uri) => read.baseOf(uri));
  const documents = new ResourceFiles(store, read, ready, (draft) =>
    staleDrafts.during(draft.uri, () => saveDocument(app, draft)),
  );
  const hints = new ExposedNameHints(store);
  const lenses = new DocumentLenses(store, staleDrafts);
  const state: Observable<State> = {
    get current() {
      return store.state;
    },
    onDidChange: (listener) => store.onDidChange(listener),
  };
  const remoteDocuments = new VirtualDocuments(REMOTE_DOCUMENT, state);
  const definitions = new VirtualDocuments(DEFINITIONS, state);
  const names = new NameProvider(store);
  const selector = LANGUAGES.map((language) => ({ scheme: SCHEME, language }));
  return [
    read,
    staleDrafts,
    lenses,
    remoteDocuments,
    definitions,
    wakeJsonService(),
    vscode.workspace.registerFileSystemProvider(SCHEME, documents, { isCaseSensitive: true }),
    vscode.workspace.registerTextDocumentContentProvider(REMOTE_DOCUMENT.scheme, remoteDocuments),
    vscode.workspace.registerTextDocumentContentProvider(SCHEMA_SCHEME, {
      provideTextDocumentContent: documentSchema,
    }),
    vscode.workspace.registerTextDocumentContentProvider(DEFINITIONS.scheme, definitions),
    vscode.languages.registerCodeLensProvider(selector, lenses),
    vscode.languages.registerCompletionItemProvider(selector, names, '"'),
    hints,
    vscode.languages.registerInlayHintsProvider(selector, hints),
    vscode.languages.registerHoverProvider(selector, names),
  ];
}
