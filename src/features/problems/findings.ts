import * as vscode from "vscode";
import type { Ref } from "../../domain/changes/change.ts";
import type { AccountChecker } from "../../domain/checks/checkAccount.ts";
import type { LiveItems, ReachedPortals } from "../../domain/checks/checkPortals.ts";
import type { Finding } from "../../domain/checks/finding.ts";
import type { CheckSettings } from "../../domain/checks/settings.ts";
import type { LiveItem } from "../../domain/live/compareLive.ts";
import { PORTAL, type Portal } from "../../domain/portals/portal.ts";
import { portalKind, portalRef } from "../../domain/portals/portalKind.ts";
import {
  decidedFields,
  type LostOverride,
  lostByPortal,
  lostByServer,
  lostFieldIds,
} from "../../domain/review/lostOverrides.ts";
import type { CapabilityRef } from "../../domain/servers/fields.ts";
import type { Server } from "../../domain/servers/server.ts";
import { onDidChangeSettings } from "../../editor/settings.ts";
import type { Costs } from "../../engine/cost/costs.ts";
import type { LostValues } from "../../engine/files/lostValues.ts";
import type { State } from "../../engine/state.ts";
import { findPortal, findServer, optimisticServers, portalsOf } from "../../engine/state.ts";
import type { Derived, ReadonlyStore } from "../../engine/store.ts";
import type { PortalAddress, ServerAddress } from "../../target.ts";
import type { AppContext, FindingsSnapshot } from "../app.ts";
import type { AcceptedHintsStore } from "./acceptedHints.ts";
import {
  AccountChecks,
  type ChangedFindings,
  type CheckedAccount,
  changedFindings,
  joined,
} from "./accountChecks.ts";
import { checkSettings } from "./checkSettings.ts";
import type { Rules } from "./rules.ts";

const NONE: readonly Finding[] = [];

/** The context of commands about problems. */
export interface ProblemsContext extends AppContext {
  readonly findings: Findings;
}

/** What was set and is lost, and what is probably called something else now. */
export interface LossesSource {
  /** Undefined for an account of which nothing is stored. */
  lost(accountId: string): LostValues | undefined;
  renamedTo(address: ServerAddress, of: CapabilityRef): string | undefined;
}

/** What stands beside the portals of each account, by the portal's id. */
export interface ReachSource {
  reach(accountId: string): ReachedPortals;
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
  readonly #losses: LossesSource;
  readonly #checks: AccountChecks;
  readonly #changed = new vscode.EventEmitter<ChangedFindings>();
  readonly #subscriptions: readonly vscode.Disposable[];
  readonly #derived: Derived<Checked>;
  /** By account and portal. */
  readonly #live = new Map<string, LiveItems>();
  #generation = 0;
  #hadLost = false;
  #settings: CheckSettings = checkSettings();
  #loaded = false;

  /** Fires with the servers and portals whose findings differ from before. */
  readonly onDidChange = this.#changed.event;

  /**
   * @param costs what definitions cost, which is counted over time
   */
  constructor(
    store: ReadonlyStore,
    accepted: AcceptedHintsStore,
    rules: Rules,
    losses: LossesSource & ReachSource,
    costs: Pick<Costs, "counted" | "onDidChange">,
  ) {
    this.#store = store;
    this.#accepted = accepted;
    this.#rules = rules;
    this.#losses = losses;
    this.#checks = new AccountChecks(rules, accepted, {
      servers: (accountId) => optimisticServers(store.state, accountId),
      settings: () => this.#settings,
      lost: (accountId) => {
        const all = losses.lost(accountId)?.all ?? [];
        return {
          servers: lostByServer(all),
          portals: lostByPortal(all),
          renamedTo: (serverId, of) => losses.renamedTo({ accountId, serverId }, of),
        };
      },
      costs: (accountId) => costs.counted(accountId),
      reach: (accountId) => losses.reach(accountId),
      live: (accountId) => this.#live.get(accountId),
      warmedUp: () => this.#derived.recompute(),
    });
    this.#derived = store.derive(this.#checked(new Map()), (state, before) =>
      this.#check(state, before),
    );
    this.#subscriptions = [
      this.#derived,
      this.#derived.onDidChange((before) => {
        this.#forgetDecided(before);
        const changed = changedFindings(before.accounts, this.#derived.value.accounts);
        if (changed.servers.length + changed.portals.length > 0) {
          this.#changed.fire(changed);
        }
      }),
      costs.onDidChange(() => this.#checkAgain()),
      onDidChangeSettings(["checksClients", "checksRules", "checksIgnore", "budget"], () => {
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
    const over = this.#checks.overServerBudgets(accountId, draft);
    return joined(
      [...found, ...over],
      findServer(this.#store.state, accountId, draft.id)?.refusals ?? [],
    );
  }

  /** The findings for a portal if it were as in this draft, including what was refused of it. */
  ofPortalDraft(accountId: string, draft: Portal): readonly Finding[] {
    const found = this.#checks.checkPortalDraft(accountId, draft);
    const resource = findPortal(this.#store.state, { accountId, portalId: draft.id });
    return joined(found, resource?.refusals ?? []);
  }

  /** Drops a lost override that nobody wants back. Rejects with a StorageError. */
  async forgetLost(ref: Ref, lost: Pick<LostOverride, "serverId" | "of">): Promise<void> {
    await this.#losses.lost(ref.accountId)?.forget(ref, lostFieldIds(ref, lost));
    this.#checkAgain();
  }

  /** Checks again, because something else is known of what stands beside portals. */
  checkReach(): void {
    this.#checkAgain();
  }

  /** Checks again where anything is lost: more may be, or something else be known of it. */
  checkLost(): void {
    const ids = [...this.#store.state.accounts.keys()];
    const has = (id: string): boolean => (this.#losses.lost(id)?.all.length ?? 0) > 0;
    const isLost = ids.some(has);
    if (isLost || this.#hadLost) {
      this.#checkAgain();
    }
    this.#hadLost = isLost;
  }

  /** Replaces what the last comparison of a portal with VS Code's tools told. */
  setLive({ accountId, portalId }: PortalAddress, items: readonly LiveItem[]): void {
    this.#live.set(accountId, new Map(this.#live.get(accountId)).set(portalId, items));
    this.#checkAgain();
  }

  renamedTo(address: ServerAddress, of: CapabilityRef): string | undefined {
    return this.#losses.renamedTo(address, of);
  }

  /** What somebody has set again isn't offered once more when that is taken back. */
  #forgetDecided(before: Checked): void {
    for (const [accountId, { portals }] of this.#derived.value.accounts) {
      const known = before.accounts.get(accountId)?.portals;
      for (const [portalId, { remote }] of portals) {
        const old = known?.get(portalId)?.remote;
        const lost = this.#losses.lost(accountId);
        if (old === undefined || old === remote || lost === undefined) {
          continue;
        }
        const decided = decidedFields(
          lost.all,
          { kind: PORTAL, fields: portalKind.fields },
          old,
          remote,
        );
        if (decided.size > 0) {
          // What stays is offered once more, which does no harm.
          lost.forget(portalRef(accountId, portalId), decided).catch(() => undefined);
        }
      }
    }
  }

  /**
   * Accepts the current hints of tools, with which later ones are compared. Stores and checks whole
   * accounts, so call it once for many tools.
   */
  accept(tools: readonly (ServerAddress & { readonly name: string })[]): void {
    for (const [accountId, ofAccount] of Map.groupBy(tools, (each) => each.accountId)) {
      for (const [serverId, ofServer] of Map.groupBy(ofAccount, (each) => each.serverId)) {
        const server = findServer(this.#store.state, accountId, serverId)?.optimistic;
        if (server !== undefined) {
          this.#accepted.accept(accountId, server, new Set(ofServer.map(({ name }) => name)));
        }
      }
      void this.#accepted.save(accountId);
    }
    this.#checkAgain();
  }

  /** Forgets an account that was signed out. */
  forget(accountId: string): void {
    this.#accepted.forget(accountId);
    this.#live.delete(accountId);
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
