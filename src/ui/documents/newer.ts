import * as vscode from "vscode";
import { NEWEST_SCHEME } from "../../contributions.ts";
import { serverDocument } from "../../model/document.ts";
import { findServer, type State } from "../../store/state.ts";
import type { ReadonlyStore } from "../../store/store.ts";
import { parseServerUri, type ServerAddress } from "./uri.ts";

/** What is at Cloudflare, beside a document that has changes of its own. */
export class Newest implements vscode.TextDocumentContentProvider {
  readonly #store: ReadonlyStore;
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #subscription: vscode.Disposable;

  readonly onDidChange = this.#changed.event;

  constructor(store: ReadonlyStore) {
    this.#store = store;
    this.#subscription = store.onDidChange(() => {
      for (const document of vscode.workspace.textDocuments) {
        if (document.uri.scheme === NEWEST_SCHEME) this.#changed.fire(document.uri);
      }
    });
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    const address = parseServerUri(uri);
    return (address && newestText(this.#store.state, address)) ?? "";
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }
}

/** Opens the difference between what is at Cloudflare and the document as it is on screen. */
export async function showNewer(uri: vscode.Uri, name: string): Promise<void> {
  await vscode.commands.executeCommand(
    "vscode.diff",
    uri.with({ scheme: NEWEST_SCHEME }),
    uri,
    vscode.l10n.t("{0}: at Cloudflare ↔ yours", name),
  );
}

export function newestText(
  state: State,
  { accountId, serverId }: ServerAddress,
): string | undefined {
  const found = findServer(state, accountId, serverId);
  return found && serverDocument(found.server);
}
