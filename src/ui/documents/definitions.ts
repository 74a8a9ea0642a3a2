import * as vscode from "vscode";
import { type CapabilityTarget, DEFINITION_SCHEME } from "../../contributions.ts";
import { catalogueOf, type ExposedCapability } from "../../model/catalogue.ts";
import { findServer, type State } from "../../store/state.ts";
import type { ReadonlyStore } from "../../store/store.ts";
import { definitionUri, parseDefinitionUri } from "./definitionUri.ts";

/** Tools and prompts as Cloudflare has synced them, to be read. An open one follows each sync. */
export class Definitions implements vscode.TextDocumentContentProvider {
  readonly #store: ReadonlyStore;
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #subscription: vscode.Disposable;

  readonly onDidChange = this.#changed.event;

  constructor(store: ReadonlyStore) {
    this.#store = store;
    let before = store.state;
    this.#subscription = store.onDidChange((after) => {
      for (const { uri } of vscode.workspace.textDocuments) {
        if (uri.scheme !== DEFINITION_SCHEME) continue;
        if (sourceOf(before, uri) !== sourceOf(after, uri)) this.#changed.fire(uri);
      }
      before = after;
    });
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    const source = sourceOf(this.#store.state, uri);
    // JSON as well, so that what is said isn't marked as a mistake.
    const value = source ?? vscode.l10n.t("It isn't in the server's catalogue any more.");
    return `${JSON.stringify(value, undefined, 2)}\n`;
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }
}

export async function openDefinitionDocument(
  target: CapabilityTarget,
  options: vscode.TextDocumentShowOptions,
): Promise<void> {
  const document = await vscode.workspace.openTextDocument(definitionUri(target));
  await vscode.window.showTextDocument(document, options);
}

function sourceOf(
  state: State,
  uri: vscode.Uri,
): ExposedCapability["capability"]["source"] | undefined {
  const address = parseDefinitionUri(uri);
  const found = address && findServer(state, address.accountId, address.serverId);
  return found && catalogueOf(found.server).find(address.kind, address.name)?.capability.source;
}
