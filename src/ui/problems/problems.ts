import * as vscode from "vscode";
import type { AccountChecker } from "../../model/checks/checker.ts";
import type { Finding } from "../../model/checks/finding.ts";
import type { CheckSettings } from "../../model/checks/settings.ts";
import type { Server } from "../../model/server.ts";
import { type AccountState, findServer, type ServerState } from "../../store/state.ts";
import type { ReadonlyStore } from "../../store/store.ts";
import type { AcceptedHintsStore } from "./accepted.ts";
import { Introduction } from "./introduction.ts";
import type { Rules } from "./rules.ts";
import { checkSettings } from "./settings.ts";

type ByServer = ReadonlyMap<string, readonly Finding[]>;

interface Checked {
  readonly servers: ReadonlyMap<string, ServerState>;
  readonly findings: ByServer;
}

export interface ServerAddress {
  readonly accountId: string;
  readonly serverId: string;
}

const NONE: readonly Finding[] = [];
const UNCHECKED: Checked = { servers: new Map(), findings: new Map() };

/** What is wrong with the servers of the state, as the settings want it told. */
export class Problems {
  readonly #store: ReadonlyStore;
  readonly #accepted: AcceptedHintsStore;
  readonly #rules: Rules;
  readonly #changed = new vscode.EventEmitter<readonly ServerAddress[]>();
  readonly #checkers = new Map<string, AccountChecker>();
  readonly #introductions = new Map<string, Introduction>();
  readonly #subscriptions: readonly vscode.Disposable[];
  #checked = new Map<string, Checked>();
  #settings: CheckSettings = checkSettings();
  #loaded = false;

  /** Fires with the servers whose problems are others than before. */
  readonly onDidChange = this.#changed.event;

  constructor(store: ReadonlyStore, accepted: AcceptedHintsStore, rules: Rules) {
    this.#store = store;
    this.#accepted = accepted;
    this.#rules = rules;
    this.#check();
    this.#subscriptions = [
      store.onDidChange(() => this.#check()),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (!event.affectsConfiguration("mcpPortals.checks")) return;
        this.#settings = checkSettings();
        this.#check({ all: true });
      }),
    ];
  }

  /** Another object whenever something was looked at anew. */
  get checked(): object {
    return this.#checked;
  }

  get settings(): CheckSettings {
    return this.#settings;
  }

  of({ accountId, serverId }: ServerAddress): readonly Finding[] {
    return this.#checked.get(accountId)?.findings.get(serverId) ?? NONE;
  }

  /** The servers of an account as they are on screen. */
  servers(accountId: string): readonly Server[] {
    const account = this.#store.state.accounts.get(accountId);
    return [...(account?.servers.values() ?? [])].map(({ server }) => server);
  }

  server({ accountId, serverId }: ServerAddress): Server | undefined {
    return findServer(this.#store.state, accountId, serverId)?.server;
  }

  /** What would be wrong if a server were as in this draft. */
  ofDraft(checker: AccountChecker, accountId: string, draft: Server): readonly Finding[] {
    const servers = this.servers(accountId).map((server) =>
      server.id === draft.id ? draft : server,
    );
    return this.#run(checker, accountId, servers).get(draft.id) ?? NONE;
  }

  /** The tool's hints as they are now are what later ones are compared with. */
  accept(address: ServerAddress, name: string): void {
    const server = this.server(address);
    if (server === undefined) return;
    this.#accepted.accept(address.accountId, server, name);
    this.#check({ all: true });
  }

  /** Nothing is kept of an account that was signed out. */
  forget(accountId: string): void {
    this.#accepted.forget(accountId);
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#changed.dispose();
  }

  #check({ all } = { all: false }): void {
    const { accounts } = this.#store.state;
    if (accounts.size > 0) void this.#loadRules();
    const before = this.#checked;
    this.#checked = new Map(
      [...accounts].map(([id, account]) => {
        const known = before.get(id);
        const same = !all && known?.servers === account.servers;
        return [id, same ? known : this.#checkAccount(id, account, known)];
      }),
    );
    for (const id of this.#checkers.keys()) {
      if (accounts.has(id)) continue;
      this.#checkers.delete(id);
      this.#introductions.delete(id);
    }
    const changed = changes(before, this.#checked);
    if (changed.length > 0) this.#changed.fire(changed);
  }

  async #loadRules(): Promise<void> {
    if (this.#loaded) return;
    this.#loaded = true;
    await this.#rules.load();
    this.#check({ all: true });
  }

  #checkAccount(id: string, { servers }: AccountState, known: Checked = UNCHECKED): Checked {
    const checker = this.#checkers.get(id) ?? this.#rules.checker();
    if (checker === undefined) return { servers, findings: new Map() };
    this.#checkers.set(id, checker);
    const all = [...servers.values()].map(({ server }) => server);
    if (this.#introduce(id, checker, all)) return { ...known, servers: UNCHECKED.servers };
    for (const { truth } of servers.values()) this.#accepted.learn(id, truth);
    this.#accepted.save();
    return { servers, findings: this.#run(checker, id, all) };
  }

  /** True while so many servers are new to the checker that it gets to know them in turns. */
  #introduce(id: string, checker: AccountChecker, servers: readonly Server[]): boolean {
    const introduction = this.#introductions.get(id) ?? new Introduction();
    this.#introductions.set(id, introduction);
    return introduction.begin(servers, {
      servers: () => (this.#checkers.get(id) === checker ? this.servers(id) : []),
      show: (some) => void this.#run(checker, id, some),
      done: () => this.#check(),
    });
  }

  #run(checker: AccountChecker, accountId: string, servers: readonly Server[]): ByServer {
    return checker.check(servers, this.#settings, (id) => this.#accepted.of(accountId, id));
  }
}

function changes(
  earlier: ReadonlyMap<string, Checked>,
  later: ReadonlyMap<string, Checked>,
): readonly ServerAddress[] {
  const addresses: ServerAddress[] = [];
  for (const accountId of new Set([...earlier.keys(), ...later.keys()])) {
    const one = earlier.get(accountId)?.findings;
    const other = later.get(accountId)?.findings;
    if (one === other) continue;
    for (const serverId of new Set([...(one?.keys() ?? []), ...(other?.keys() ?? [])])) {
      const [before, now] = [one?.get(serverId) ?? NONE, other?.get(serverId) ?? NONE];
      const same = before === now || (before.length === 0 && now.length === 0);
      if (!same) addresses.push({ accountId, serverId });
    }
  }
  return addresses;
}
