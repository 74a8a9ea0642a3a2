import * as vscode from "vscode";
import type { Observable } from "../../editor/observable.ts";
import { VirtualDocuments } from "../../editor/virtualDocuments.ts";
import type { State } from "../../engine/state.ts";
import type { ReadonlyStore } from "../../engine/store.ts";
import { LANGUAGE, SCHEMA_SCHEME, SCHEME } from "../../manifest.ts";
import type { AppContext } from "../app.ts";
import { DEFINITIONS } from "./definitions.ts";
import { type Draft, ReadDocuments, ServerDocuments } from "./fileSystemProvider.ts";
import { ServerLenses } from "./lenses.ts";
import type { NameProvider } from "./names.ts";
import { wakeJsonService } from "./schema.ts";
import { NEWEST, StaleDrafts } from "./staleDrafts.ts";

/** @param ready settles when the accounts of an earlier window are open */
export function registerDocuments(
  app: AppContext,
  ready: Promise<unknown>,
): readonly vscode.Disposable[] {
  const { store } = app;
  const save = async (draft: Draft): Promise<void> =>
    (await import("./save.ts")).saveDocument(app, draft);
  const read = new ReadDocuments(store);
  const outdated = new StaleDrafts(store, (uri) => read.baseOf(uri));
  const documents = new ServerDocuments(store, read, ready, (draft) =>
    outdated.during(draft.uri, () => save(draft)),
  );
  const lenses = new ServerLenses(store, outdated);
  const state: Observable<State> = {
    get current() {
      return store.state;
    },
    onDidChange: (listener) => store.onDidChange(listener),
  };
  const newest = new VirtualDocuments(NEWEST, state);
  const definitions = new VirtualDocuments(DEFINITIONS, state);
  const selector = { scheme: SCHEME, language: LANGUAGE };
  return [
    read,
    outdated,
    lenses,
    newest,
    definitions,
    wakeJsonService(),
    vscode.workspace.registerFileSystemProvider(SCHEME, documents, { isCaseSensitive: true }),
    vscode.workspace.registerTextDocumentContentProvider(NEWEST.scheme, newest),
    vscode.workspace.registerTextDocumentContentProvider(SCHEMA_SCHEME, {
      provideTextDocumentContent: async () => (await import("./schema.ts")).documentSchema(),
    }),
    vscode.workspace.registerTextDocumentContentProvider(DEFINITIONS.scheme, definitions),
    vscode.languages.registerCodeLensProvider(selector, lenses),
    ...registerNames(store, selector),
  ];
}

/** Creates the provider when it is first asked for. */
function registerNames(
  store: ReadonlyStore,
  selector: vscode.DocumentSelector,
): readonly vscode.Disposable[] {
  let made: Promise<NameProvider> | undefined;
  const names = (): Promise<NameProvider> => {
    made ??= import("./names.ts").then(({ NameProvider: Provider }) => new Provider(store));
    return made;
  };
  const completion: vscode.CompletionItemProvider = {
    provideCompletionItems: async (document, position) =>
      (await names()).provideCompletionItems(document, position),
    resolveCompletionItem: async (item) => (await names()).resolveCompletionItem(item),
  };
  const hover: vscode.HoverProvider = {
    provideHover: async (document, position) => (await names()).provideHover(document, position),
  };
  return [
    vscode.languages.registerCompletionItemProvider(selector, completion, '"'),
    vscode.languages.registerHoverProvider(selector, hover),
  ];
}
