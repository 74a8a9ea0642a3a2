import * as vscode from "vscode";
import type { Ref } from "../../domain/changes/change.ts";
import type { AccountChecker } from "../../domain/checks/checkAccount.ts";
import type { Finding } from "../../domain/checks/finding.ts";
import type { CheckSettings } from "../../domain/checks/settings.ts";
import { lostByPortal, lostFieldIds } from "../../domain/portals/lostOverrides.ts";
import { PORTAL, type Portal } from "../../domain/portals/portal.ts";
import { portalRef } from "../../domain/portals/portalKind.ts";
import type { CapabilityRef } from "../../domain/servers/fields.ts";
import type { Server } from "../../domain/servers/server.ts";
import { onDidChangeSettings } from "../../editor/settings.ts";
import type { LostValues } from "../../engine/files/lostValues.ts";
import type { State } from "../../engine/state.ts";
import { findPortal, findServer, optimisticServers, portalsOf } from "../../engine/state.ts";
import type { Derived, ReadonlyStore } from "../../engine/store.ts";
import type { MappingAddress, PortalAddress, ServerAddress } from "../../target.ts";
import type { AppContext, FindingsSnapshot } from "../app.ts";
import type { AcceptedHintsStore } from "./acceptedHints.ts";
import {
  AccountChecks,
  type ChangedFindings,
  type CheckedAccount,
  changedFindings,
  joined,
  type Rules,
} from "./accountChecks.ts";
import { checkSettings } from "./checkSettings.ts";

const NONE: readonly Finding[] = [];

/** The context of commands about problems. */
export interface ProblemsContext extends AppContext {
  readonly findings: Findings;
}

/** Values derived from a state. */
interface Checked {
  readonly accounts: ReadonlyMap<string, CheckedAccount>;
  readonly snapshot: FindingsSnapshot;
  /** Increased to check the same servers again. */
  readonly generation: number;
}

/** The findings of all servers, derived from the state and the settings. */
export class Findings {
  readonly #store: ReadonlyStore;
  readonly #accepted: AcceptedHintsStore;
  readonly #rules: Rules;
  readonly #lostOf: (accountId: string) => LostValues | undefined;
  readonly #checks: AccountChecks;
  readonly #changed = new vscode.EventEmitter<ChangedFindings>();
  readonly #subscriptions: readonly vscode.Disposable[];
  readonly #derived: Derived<Checked>;
  #generation = 0;
  #settings: CheckSettings = checkSettings();
  #loaded = false;

  /** Fires with the servers and portals whose findings differ from before. */
  readonly onDidChange = this.#changed.event;

  /** @param lostOf where an account keeps what its portals have lost */
  constructor(
    store: ReadonlyStore,
    accepted: AcceptedHintsStore,
    rules: Rules,
    lostOf: (accountId: string) => LostValues | undefined,
  ) {
    this.#store = store;
    this.#accepted = accepted;
    this.#rules = rules;
    this.#lostOf = lostOf;
    this.#checks = new AccountChecks(rules, accepted, {
      servers: (accountId) => optimisticServers(store.state, accountId),
      settings: () => this.#settings,
      lost: (accountId) => lostByPortal(lostOf(accountId)?.all ?? []),
      warmedUp: () => this.#derived.recompute(),
    });
    this.#derived = store.derive(this.#checked(new Map()), (state, before) =>
      this.#check(state, before),
    );
    this.#subscriptions = [
      this.#derived,
      this.#derived.onDidChange((before) => {
        const changed = changedFindings(before.accounts, this.#derived.value.accounts);
        if (changed.servers.length + changed.portals.length > 0) {
          this.#changed.fire(changed);
        }
      }),
      onDidChangeSettings(["checksClients", "checksRules", "checksIgnore"], () => {
        this.#settings = checkSettings();
        this.#checkAgain();
      }),
    ];
  }

  /** A new object whenever something was checked. */
  get checked(): object {
    return this.#derived.value.accounts;
  }

  get settings(): CheckSettings {
    return this.#settings;
  }

  /** Immutable: a new object whenever something was checked. */
  get snapshot(): FindingsSnapshot {
    return this.#derived.value.snapshot;
  }

  of(address: ServerAddress): readonly Finding[] {
    return this.snapshot.of(address);
  }

  ofPortal(address: PortalAddress): readonly Finding[] {
    return this.snapshot.ofPortal(address);
  }

  /** Those that belong into the document of a server or portal. */
  ofResource({ accountId, kind, id }: Ref): readonly Finding[] {
    return kind === PORTAL
      ? this.ofPortal({ accountId, portalId: id })
      : this.of({ accountId, serverId: id });
  }

  /** Warms another checker up with an account's servers, as long as that is wanted. */
  warmUp(checker: AccountChecker, accountId: string, isWanted: () => boolean): void {
    this.#checks.warmUp(checker, accountId, isWanted);
  }

  /** The findings for a server if it were as in this draft, including what was refused of it. */
  ofDraft(checker: AccountChecker, accountId: string, draft: Server): readonly Finding[] {
    const servers = optimisticServers(this.#store.state, accountId).map((server) =>
      server.id === draft.id ? draft : server,
    );
    const own = this.#checks.run(checker, accountId, servers).get(draft.id) ?? NONE;
    const portals = [...portalsOf(this.#store.state, accountId).values()];
    const found = this.#rules.findingsInPortals(own, draft, {
      portals: portals.map(({ optimistic }) => optimistic),
      settings: this.#settings,
    });
    return joined(found, findServer(this.#store.state, accountId, draft.id)?.refusals ?? []);
  }

  /** The findings for a portal if it were as in this draft, including what was refused of it. */
  ofPortalDraft(accountId: string, draft: Portal): readonly Finding[] {
    const found = this.#checks.checkPortalDraft(accountId, draft);
    const resource = findPortal(this.#store.state, { accountId, portalId: draft.id });
    return joined(found, resource?.refusals ?? []);
  }

  /** Drops a lost override that nobody wants back. Rejects with a StorageError. */
  async forgetLost(
    { accountId, portalId, serverId }: MappingAddress,
    of: CapabilityRef,
  ): Promise<void> {
    const ids = lostFieldIds(serverId, of);
    await this.#lostOf(accountId)?.forget(portalRef(accountId, portalId), ids);
    this.#checkAgain();
  }

  /** Accepts the tool's current hints, with which later ones are compared. */
  accept(address: ServerAddress, name: string): void {
    const server = findServer(this.#store.state, address.accountId, address.serverId)?.optimistic;
    if (server === undefined) {
      return;
    }
    void this.#accepted.accept(address.accountId, server, name);
    this.#checkAgain();
  }

  /** Forgets an account that was signed out. */
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

  /** Checks the same servers again, because settings, rules or accepted hints have changed. */
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
    ofPortal: ({ accountId, portalId }) =>
      checked.get(accountId)?.portalFindings.get(portalId) ?? NONE,
  };
}
