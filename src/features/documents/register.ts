import * as vscode from "vscode";
import type { Observable } from "../../editor/observable.ts";
import { VirtualDocuments } from "../../editor/virtualDocuments.ts";
import type { State } from "../../engine/state.ts";
import { COMPARED_SCHEME, SCHEMA_SCHEME, SCHEME } from "../../manifest.ts";
import type { AppContext } from "../app.ts";
import { COMPARED_DOCUMENT } from "./comparison.ts";
import { DEFINITIONS } from "./definitions.ts";
import { ReadDocuments, ResourceFiles } from "./fileSystemProvider.ts";
import { wakeJsonService } from "./jsonService.ts";
import { withFirstDocument } from "./openDocuments.ts";
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
    staleDrafts.during(draft.uri, async () => {
      const { saveDocument } = await import("./save.ts");
      await saveDocument(app, draft);
    }),
  );
  const state: Observable<State> = {
    get current() {
      return store.state;
    },
    onDidChange: (listener) => store.onDidChange(listener),
  };
  const remoteDocuments = new VirtualDocuments(REMOTE_DOCUMENT, state);
  const comparedDocuments = new VirtualDocuments(COMPARED_DOCUMENT, state);
  const definitions = new VirtualDocuments(DEFINITIONS, state);
  return [
    read,
    staleDrafts,
    withFirstDocument(async () => {
      const { registerLanguageFeatures } = await import("./languageFeatures.ts");
      return registerLanguageFeatures(app, staleDrafts);
    }),
    remoteDocuments,
    comparedDocuments,
    definitions,
    wakeJsonService(),
    vscode.workspace.registerFileSystemProvider(SCHEME, documents, { isCaseSensitive: true }),
    vscode.workspace.registerTextDocumentContentProvider(REMOTE_DOCUMENT.scheme, remoteDocuments),
    vscode.workspace.registerTextDocumentContentProvider(COMPARED_SCHEME, comparedDocuments),
    vscode.workspace.registerTextDocumentContentProvider(SCHEMA_SCHEME, {
      provideTextDocumentContent: async (uri) => {
        const { documentSchema } = await import("./schema.ts");
        return documentSchema(uri);
      },
    }),
    vscode.workspace.registerTextDocumentContentProvider(DEFINITIONS.scheme, definitions),
  ];
}
