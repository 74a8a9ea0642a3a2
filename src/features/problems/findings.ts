import * as vscode from "vscode";
import type { AccountChecker } from "../../domain/checks/checkAccount.ts";
import type { Finding } from "../../domain/checks/finding.ts";
import type { CheckSettings } from "../../domain/checks/settings.ts";
import type { Server } from "../../domain/servers/server.ts";
import { onDidChangeSettings } from "../../editor/settings.ts";
import type { State } from "../../engine/state.ts";
import { findServer, isReadOnly, serversOf } from "../../engine/state.ts";
import type { Derived, ReadonlyStore } from "../../engine/store.ts";
import type { ServerAddress } from "../../manifest.ts";
import type { AppContext, FindingsSnapshot } from "../app.ts";
import type { AcceptedHintsStore } from "./acceptedHints.ts";
import {
  AccountChecks,
  type CheckedAccount,
  changedServers,
  joined,
  type Rules,
} from "./accountChecks.ts";
import { checkSettings } from "./ignored.ts";

const NONE: readonly Finding[] = [];

/** What commands about problems work with. */
export interface ProblemsContext extends AppContext {
  readonly problems: Findings;
}

/** What follows from a state. */
interface Checked {
  readonly accounts: ReadonlyMap<string, CheckedAccount>;
  readonly snapshot: FindingsSnapshot;
  /** Grows whenever the same servers have to be checked again. */
  readonly generation: number;
}

/** What is wrong with the servers of the state, as the settings want it told: derived from the state. */
export class Findings {
  readonly #store: ReadonlyStore;
  readonly #accepted: AcceptedHintsStore;
  readonly #rules: Rules;
  readonly #checks: AccountChecks;
  readonly #changed = new vscode.EventEmitter<readonly ServerAddress[]>();
  readonly #subscriptions: readonly vscode.Disposable[];
  readonly #derived: Derived<Checked>;
  #generation = 0;
  #settings: CheckSettings = checkSettings();
  #loaded = false;

  /** Fires with the servers whose problems are others than before. */
  readonly onDidChange = this.#changed.event;

  constructor(store: ReadonlyStore, accepted: AcceptedHintsStore, rules: Rules) {
    this.#store = store;
    this.#accepted = accepted;
    this.#rules = rules;
    this.#checks = new AccountChecks(rules, accepted, {
      servers: (accountId) => this.servers(accountId),
      settings: () => this.#settings,
      introduced: () => this.#derived.recompute(),
    });
    this.#derived = store.derive(this.#checked(new Map()), (state, before) =>
      this.#check(state, before),
    );
    this.#subscriptions = [
      this.#derived,
      this.#derived.onDidChange((before) => {
        const changed = changedServers(before.accounts, this.#derived.value.accounts);
        if (changed.length > 0) {
          this.#changed.fire(changed);
        }
      }),
      onDidChangeSettings(["checksClients", "checksRules", "checksIgnore"], () => {
        this.#settings = checkSettings();
        this.#checkAgain();
      }),
    ];
  }

  /** Another object whenever something was looked at anew. */
  get checked(): object {
    return this.#derived.value.accounts;
  }

  get settings(): CheckSettings {
    return this.#settings;
  }

  /** Stays as it is, and is another object whenever something was looked at anew. */
  get snapshot(): FindingsSnapshot {
    return this.#derived.value.snapshot;
  }

  of(address: ServerAddress): readonly Finding[] {
    return this.snapshot.of(address);
  }

  /** The servers of an account as they are on screen. */
  servers(accountId: string): readonly Server[] {
    return [...serversOf(this.#store.state, accountId).values()].map(
      ({ optimistic }) => optimistic,
    );
  }

  server({ accountId, serverId }: ServerAddress): Server | undefined {
    return findServer(this.#store.state, accountId, serverId)?.optimistic;
  }

  /** Lets a checker of somebody else's get to know an account, for as long as that is wanted. */
  acquaint(checker: AccountChecker, accountId: string, isWanted: () => boolean): void {
    this.#checks.acquaint(checker, accountId, isWanted);
  }

  isReadOnly(accountId: string): boolean {
    return isReadOnly(this.#store.state, accountId);
  }

  /** What would be wrong if a server were as in this draft, and what was refused of it. */
  ofDraft(checker: AccountChecker, accountId: string, draft: Server): readonly Finding[] {
    const servers = this.servers(accountId).map((server) =>
      server.id === draft.id ? draft : server,
    );
    const found = this.#checks.run(checker, accountId, servers).get(draft.id) ?? NONE;
    return joined(found, findServer(this.#store.state, accountId, draft.id)?.refusals ?? []);
  }

  /** The tool's hints as they are now are what later ones are compared with. */
  accept(address: ServerAddress, name: string): void {
    const server = this.server(address);
    if (server === undefined) {
      return;
    }
    void this.#accepted.accept(address.accountId, server, name);
    this.#checkAgain();
  }

  /** Nothing is kept of an account that was signed out. */
  forget(accountId: string): void {
    this.#accepted.forget(accountId);
  }

  dispose(): void {
    this.#accepted.saveAll();
    for (const subscription of this.#subscriptions) {
      subscription.dispose();
    }
    this.#changed.dispose();
  }

  /** The servers are the same, and the settings, the rules or the accepted hints are others. */
  #checkAgain(): void {
    this.#generation += 1;
    this.#derived.recompute();
  }

  #check({ accounts }: State, before: Checked): Checked {
    if (accounts.size > 0) {
      void this.#load();
    }
    const how = { anew: before.generation !== this.#generation };
    const checked = new Map(
      [...accounts].map(([id, account]) => [
        id,
        this.#checks.check(account, before.accounts.get(id), how),
      ]),
    );
    this.#checks.keepOnly(accounts);
    const same =
      checked.size === before.accounts.size &&
      accounts.keys().every((id) => checked.get(id) === before.accounts.get(id));
    return same && !how.anew ? before : this.#checked(checked);
  }

  #checked(accounts: Checked["accounts"]): Checked {
    return { accounts, snapshot: takeSnapshot(accounts), generation: this.#generation };
  }

  async #load(): Promise<void> {
    if (this.#loaded) {
      return;
    }
    this.#loaded = true;
    await this.#rules.load();
    this.#checkAgain();
  }
}

function takeSnapshot(checked: ReadonlyMap<string, CheckedAccount>): FindingsSnapshot {
  return {
    of: ({ accountId, serverId }) => checked.get(accountId)?.findings.get(serverId) ?? NONE,
  };
}
