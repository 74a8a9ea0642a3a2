import * as vscode from "vscode";
import { catalogueOf } from "../../domain/catalogue/layers.ts";
import { activityInWords, timeInWords } from "../../domain/servers/words.ts";
import { findServer, isReadOnly, type ServerState } from "../../engine/state.ts";
import type { ReadonlyStore } from "../../engine/store.ts";
import { COMMANDS, type ServerAddress } from "../../manifest.ts";
import { parseServerUri } from "./openDocuments.ts";
import type { StaleDrafts } from "./staleDrafts.ts";

/** Above a server's document: what can be done with it and how it is. */
export class ServerLenses implements vscode.CodeLensProvider {
  readonly #store: ReadonlyStore;
  readonly #outdated: StaleDrafts;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscription: vscode.Disposable;

  readonly onDidChangeCodeLenses = this.#changed.event;

  constructor(store: ReadonlyStore, outdated: StaleDrafts) {
    this.#store = store;
    this.#outdated = outdated;
    this.#subscription = vscode.Disposable.from(
      store.onDidChange(() => this.#changed.fire()),
      outdated.onDidChange(() => this.#changed.fire()),
    );
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    const address = parseServerUri(document.uri);
    const found = address && findServer(this.#store.state, address.accountId, address.serverId);
    if (address === undefined || found === undefined) {
      return [];
    }
    const readOnly = isReadOnly(this.#store.state, address.accountId);
    const commands = [
      ...(this.#outdated.is(document) ? [newer(address)] : []),
      ...(readOnly ? [] : [sync(address, found)]),
      plain(enabled(found)),
      plain(synced(found)),
    ];
    return commands.map((command) => new vscode.CodeLens(TOP, command));
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }
}

const TOP = new vscode.Range(0, 0, 0, 0);

function newer({ accountId, serverId }: ServerAddress): vscode.Command {
  return {
    title: vscode.l10n.t("$(warning) Newer at Cloudflare: Show Differences"),
    command: COMMANDS.showNewer,
    arguments: [{ kind: "server", accountId, serverId }],
  };
}

function sync({ accountId, serverId }: ServerAddress, found: ServerState): vscode.Command {
  return found.sync === undefined
    ? {
        title: vscode.l10n.t("$(sync) Sync"),
        command: COMMANDS.syncServer,
        arguments: [{ kind: "server", accountId, serverId }],
      }
    : plain(activityInWords(found));
}

/** A lens that says something and does nothing. */
function plain(title: string): vscode.Command {
  return { title, command: "" };
}

function enabled({ optimistic }: ServerState): string {
  const { count, enabledCount } = catalogueOf(optimistic);
  return vscode.l10n.t("{0} of {1} enabled", enabledCount, count);
}

function synced({ optimistic: { lastSynced } }: ServerState): string {
  return lastSynced === undefined
    ? vscode.l10n.t("Never synced")
    : vscode.l10n.t("Last synced {0}", timeInWords(lastSynced, vscode.env.language));
}
