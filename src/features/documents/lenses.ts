import * as vscode from "vscode";
import { catalogueOf } from "../../domain/catalogue/layers.ts";
import { activityInWords, timeInWords } from "../../domain/servers/words.ts";
import {
  findServer,
  findSync,
  isReadOnly,
  type ServerResource,
  type ServerSync,
} from "../../engine/state.ts";
import type { ReadonlyStore } from "../../engine/store.ts";
import { COMMANDS } from "../../manifest.ts";
import type { ServerAddress } from "../../target.ts";
import { parseServerUri } from "./openDocuments.ts";
import type { StaleDrafts } from "./staleDrafts.ts";

/** CodeLenses above a server's document: its status, and actions on it. */
export class ServerLenses implements vscode.CodeLensProvider {
  readonly #store: ReadonlyStore;
  readonly #staleDrafts: StaleDrafts;
  readonly #changed = new vscode.EventEmitter<void>();
  /** The lenses of each document, by its URI. VS Code is only told when they differ. */
  readonly #given = new Map<string, string>();
  readonly #subscription: vscode.Disposable;

  readonly onDidChangeCodeLenses = this.#changed.event;

  constructor(store: ReadonlyStore, staleDrafts: StaleDrafts) {
    this.#store = store;
    this.#staleDrafts = staleDrafts;
    this.#subscription = vscode.Disposable.from(
      store.onDidChange(() => this.#compare()),
      staleDrafts.onDidChange(() => this.#compare()),
    );
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    const commands = this.#commandsOf(document);
    this.#given.set(document.uri.toString(), JSON.stringify(commands));
    return commands.map((command) => new vscode.CodeLens(TOP, command));
  }

  #compare(): void {
    const open = new Map(
      vscode.workspace.textDocuments.map((document) => [document.uri.toString(), document]),
    );
    let hasChanged = false;
    for (const [uri, given] of this.#given) {
      const document = open.get(uri);
      if (document === undefined) {
        this.#given.delete(uri);
      } else {
        hasChanged ||= JSON.stringify(this.#commandsOf(document)) !== given;
      }
    }
    if (hasChanged) {
      this.#changed.fire();
    }
  }

  #commandsOf(document: vscode.TextDocument): readonly vscode.Command[] {
    const address = parseServerUri(document.uri);
    const found = address && findServer(this.#store.state, address.accountId, address.serverId);
    if (address === undefined || found === undefined) {
      return [];
    }
    const readOnly = isReadOnly(this.#store.state, address.accountId);
    const phase = findSync(this.#store.state, address.accountId, address.serverId).phase;
    return [
      ...(this.#staleDrafts.is(document) ? [differencesLens(address)] : []),
      ...(readOnly ? [] : [sync(address, found, phase)]),
      plain(enabled(found)),
      plain(synced(found)),
    ];
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }
}

const TOP = new vscode.Range(0, 0, 0, 0);

function differencesLens({ accountId, serverId }: ServerAddress): vscode.Command {
  return {
    title: vscode.l10n.t("$(warning) Newer at Cloudflare: Show Differences"),
    command: COMMANDS.showNewer,
    arguments: [{ kind: "server", accountId, serverId }],
  };
}

function sync(
  { accountId, serverId }: ServerAddress,
  { optimistic }: ServerResource,
  phase: ServerSync["phase"],
): vscode.Command {
  return phase === undefined
    ? {
        title: vscode.l10n.t("$(sync) Sync"),
        command: COMMANDS.syncServer,
        arguments: [{ kind: "server", accountId, serverId }],
      }
    : plain(activityInWords(optimistic, phase));
}

/** A lens without a command. */
function plain(title: string): vscode.Command {
  return { title, command: "" };
}

function enabled({ optimistic }: ServerResource): string {
  const { count, enabledCount } = catalogueOf(optimistic);
  if (count === 0) {
    return vscode.l10n.t("no tools yet");
  }
  return vscode.l10n.t("{0} of {1} enabled", enabledCount, count);
}

function synced({ optimistic: { lastSynced } }: ServerResource): string {
  return lastSynced === undefined
    ? vscode.l10n.t("Never synced")
    : vscode.l10n.t("Last synced {0}", timeInWords(lastSynced, vscode.env.language));
}
