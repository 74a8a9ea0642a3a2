import * as vscode from "vscode";
import { DELIVERED_SCHEME, PAGES } from "../../manifest.ts";
import type { AppContext } from "../app.ts";

/** Loads the tables of clients with the first page or diff that needs them. */
export function registerClients(app: AppContext): readonly vscode.Disposable[] {
  const changed = new vscode.EventEmitter<vscode.Uri>();
  let documents: Promise<vscode.TextDocumentContentProvider> | undefined;
  const load = async (): Promise<vscode.TextDocumentContentProvider> => {
    const { deliveredDocuments } = await import("./index.ts");
    const loaded = deliveredDocuments(app);
    loaded.onDidChange?.((uri) => changed.fire(uri));
    return loaded;
  };
  return [
    changed,
    vscode.workspace.registerTextDocumentContentProvider(DELIVERED_SCHEME, {
      onDidChange: changed.event,
      async provideTextDocumentContent(uri, token) {
        documents ??= load();
        return (await documents).provideTextDocumentContent(uri, token);
      },
    }),
    vscode.window.registerWebviewPanelSerializer(PAGES.clients, {
      async deserializeWebviewPanel(panel, state: unknown) {
        const { clientsPages } = await import("./index.ts");
        await clientsPages(app).deserializeWebviewPanel(panel, state);
      },
    }),
  ];
}
