import { memoize } from "../../base/memo.ts";
import type { Refusal } from "../../domain/changes/writeResult.ts";
import type { AccountChecker, Losses } from "../../domain/checks/checkAccount.ts";
import type { BudgetChecker } from "../../domain/checks/checkBudgets.ts";
import type {
  LiveItems,
  PortalChecker,
  PortalsChecked,
  ReachedPortals,
} from "../../domain/checks/checkPortals.ts";
import type { Finding } from "../../domain/checks/finding.ts";
import type { CheckSettings } from "../../domain/checks/settings.ts";
import type { CountedCosts } from "../../domain/cost/counted.ts";
import type { Portal } from "../../domain/portals/portal.ts";
import type { Resource } from "../../domain/resources/resource.ts";
import type { LostOverrides } from "../../domain/review/lostOverrides.ts";
import type { Server } from "../../domain/servers/server.ts";
import type { AccountState, ServerResource } from "../../engine/state.ts";
import type { PortalAddress, ServerAddress } from "../../target.ts";
import type { AcceptedHintsStore } from "./acceptedHints.ts";
import type { Rules } from "./rules.ts";
import { WarmUp } from "./warmUp.ts";

/** The findings of an account, and the servers and portals in which they were found. */
export interface CheckedAccount {
  /** Undefined until all servers have been checked. */
  readonly servers: ReadonlyMap<string, ServerResource> | undefined;
  readonly portals: ReadonlyMap<string, PortalResource>;
  readonly findings: ReadonlyMap<string, readonly Finding[]>;
  /** By portal id. */
  readonly portalFindings: ReadonlyMap<string, readonly Finding[]>;
}

interface CheckedServers {
  readonly servers: readonly Server[];
  readonly portals: CheckedAccount["portals"];
  readonly found: CheckedAccount["findings"];
  readonly settings: CheckSettings;
}

type PortalResource = Resource<Portal>;

interface Lost extends Pick<Losses, "renamedTo"> {
  readonly servers: LostOverrides;
  readonly portals: LostOverrides;
}

/** Read each time, because many servers are checked over several turns. */
interface ChecksSource {
  servers(accountId: string): readonly Server[];
  settings(): CheckSettings;
  /** What the servers and portals of an account have lost, by their ids. */
  lost(accountId: string): Lost;
  costs(accountId: string): CountedCosts;
  /** What was read beside the portals of an account. */
  reach(accountId: string): ReachedPortals;
  /** What comparisons with VS Code's tools told of an account's portals. */
  live(accountId: string): LiveItems | undefined;
  /** Called when an account that was too large to be checked at once has been warmed up. */
  warmedUp(): void;
}

const NO_FINDINGS: readonly Finding[] = [];
const UNCHECKED: CheckedAccount = {
  servers: undefined,
  portals: new Map(),
  findings: new Map(),
  portalFindings: new Map(),
};

/** Checks accounts with the rules. Each account has its own indexes. */
export class AccountChecks {
  readonly #rules: Rules;
  readonly #accepted: AcceptedHintsStore;
  readonly #source: ChecksSource;
  readonly #checkers = new Map<string, AccountChecker>();
  readonly #portalCheckers = new Map<string, PortalChecker>();
  readonly #budgetCheckers = new Map<string, BudgetChecker>();
  readonly #warmUps = new Map<string, WarmUp>();

  constructor(rules: Rules, accepted: AcceptedHintsStore, source: ChecksSource) {
    this.#rules = rules;
    this.#accepted = accepted;
    this.#source = source;
  }

  /**
   * Returns no findings before the rules are loaded. Returns the earlier findings when the servers and
   * portals are the same, unless `anew` is set.
   */
  check(
    account: AccountState,
    known: CheckedAccount = UNCHECKED,
    { anew = false } = {},
  ): CheckedAccount {
    const { server, portal } = account.collections;
    const same =
      !anew &&
      sameResources(known.servers, server.items) &&
      sameResources(known.portals, portal.items);
    const checked = same ? known : this.#checkAnew(account, known);
    // Each sync of a run may bring new tools. They are saved together when the run is over.
    if (account.syncs.run === undefined) {
      void this.#accepted.save(account.account.id);
    }
    return checked;
  }

  #checkAnew(
    { account: { id }, collections }: AccountState,
    known: CheckedAccount,
  ): CheckedAccount {
    const servers = collections.server.items;
    const portals = collections.portal.items;
    const checker = this.#checkers.get(id) ?? this.#rules.checker();
    if (checker === undefined) {
      return { ...UNCHECKED, servers, portals };
    }
    this.#checkers.set(id, checker);
    const all = [...servers.values()].map(({ optimistic }) => optimistic);
    if (this.#isWarmingUp(id, checker, all)) {
      return { ...known, servers: undefined };
    }
    for (const { remote } of servers.values()) {
      this.#accepted.learn(id, remote);
    }
    const settings = this.#source.settings();
    const found = this.run(checker, id, all, settings);
    const input = { servers: all, portals, found, settings };
    const checked = this.#checkBudgets(id, input, this.#checkPortals(id, input));
    return {
      servers,
      portals,
      findings: withRefused(checked.servers, servers),
      portalFindings: withRefused(checked.portals, portals),
    };
  }

  #checkPortals(id: string, { servers, portals, found, settings }: CheckedServers): PortalsChecked {
    const checker = this.#portalCheckers.get(id) ?? this.#rules.portalChecker();
    if (checker === undefined) {
      return { servers: found, portals: new Map() };
    }
    this.#portalCheckers.set(id, checker);
    const { portals: lost, renamedTo } = this.#source.lost(id);
    const live = this.#source.live(id);
    return checker.check({
      portals: [...portals.values()].map(({ optimistic }) => optimistic),
      servers: byId(servers),
      found,
      settings,
      lost,
      renamedTo,
      reach: this.#source.reach(id),
      ...(live && { live }),
    });
  }

  #checkBudgets(
    id: string,
    { servers, portals, settings }: CheckedServers,
    found: PortalsChecked,
  ): PortalsChecked {
    const checker = this.#budgetCheckers.get(id) ?? this.#rules.budgetChecker();
    if (checker === undefined) {
      return found;
    }
    this.#budgetCheckers.set(id, checker);
    return checker.check({
      servers,
      portals: [...portals.values()].map(({ optimistic }) => optimistic),
      found,
      costs: this.#source.costs(id),
      settings,
    });
  }

  /** The findings of a portal if it were as in this draft. */
  checkPortalDraft(accountId: string, draft: Portal): readonly Finding[] {
    const settings = this.#source.settings();
    const { portals: lost, renamedTo } = this.#source.lost(accountId);
    const live = this.#source.live(accountId);
    return [
      ...this.#rules.checkPortal(draft, {
        servers: byId(this.#source.servers(accountId)),
        settings,
        lost,
        renamedTo,
        reach: this.#source.reach(accountId),
        ...(live && { live }),
      }),
      ...this.#rules.overPortalBudget(draft, this.#source.costs(accountId), settings),
    ];
  }

  /** What of a draft of a server is over a budget. */
  overServerBudgets(accountId: string, draft: Server): readonly Finding[] {
    const costs = this.#source.costs(accountId);
    return this.#rules.overServerBudgets(draft, costs, this.#source.settings());
  }

  run(
    checker: AccountChecker,
    accountId: string,
    servers: readonly Server[],
    settings = this.#source.settings(),
  ): CheckedAccount["findings"] {
    const { servers: lost, renamedTo } = this.#source.lost(accountId);
    return checker.check(servers, settings, (id) => this.#accepted.of(accountId, id), {
      lost,
      renamedTo,
    });
  }

  /** Warms another checker up with an account's servers, as long as that is wanted. */
  warmUp(checker: AccountChecker, accountId: string, isWanted: () => boolean): void {
    const servers = () => (isWanted() ? this.#source.servers(accountId) : []);
    new WarmUp().begin(servers(), {
      servers,
      steps: (server) => this.#rules.checkInSteps(server),
      show: (some) => void this.run(checker, accountId, some),
      done: () => undefined,
    });
  }

  /** Drops the checkers and indexes of accounts that are gone. */
  keepOnly(accounts: ReadonlyMap<string, unknown>): void {
    for (const id of this.#checkers.keys()) {
      if (accounts.has(id)) {
        continue;
      }
      this.#checkers.delete(id);
      this.#portalCheckers.delete(id);
      this.#budgetCheckers.delete(id);
      this.#warmUps.delete(id);
    }
  }

  *#steps(accountId: string, server: Server): Generator<void> {
    yield* this.#rules.checkInSteps(server);
    this.#rules.sumUpServer(server, this.#source.costs(accountId), this.#source.settings());
    yield;
  }

  /** True while the checker has so many new servers that they are checked in several turns. */
  #isWarmingUp(id: string, checker: AccountChecker, servers: readonly Server[]): boolean {
    const warmUp = this.#warmUps.get(id) ?? new WarmUp();
    this.#warmUps.set(id, warmUp);
    return warmUp.begin(servers, {
      servers: () => (this.#checkers.get(id) === checker ? this.#source.servers(id) : []),
      steps: (server) => this.#steps(id, server),
      show: (some) => void this.run(checker, id, some),
      done: () => this.#source.warmedUp(),
    });
  }
}

function byId(servers: readonly Server[]): ReadonlyMap<string, Server> {
  return new Map(servers.map((server) => [server.id, server]));
}

type Checked = Pick<Resource<Server | Portal>, "optimistic" | "remote" | "refusals">;

/** The state of a sync doesn't matter to the rules. */
function sameResources(
  one: ReadonlyMap<string, Checked> | undefined,
  other: ReadonlyMap<string, Checked>,
): boolean {
  if (one === other) {
    return true;
  }
  return (
    one?.size === other.size &&
    [...other].every(([id, { optimistic, remote, refusals }]) => {
      const before = one.get(id);
      return (
        before?.optimistic === optimistic &&
        before.remote === remote &&
        before.refusals === refusals
      );
    })
  );
}

/** The servers and portals whose findings differ. */
export interface ChangedFindings {
  readonly servers: readonly ServerAddress[];
  readonly portals: readonly PortalAddress[];
}

export function changedFindings(
  earlier: ReadonlyMap<string, CheckedAccount>,
  later: ReadonlyMap<string, CheckedAccount>,
): ChangedFindings {
  const accountIds = [...new Set([...earlier.keys(), ...later.keys()])];
  const changed = (of: "findings" | "portalFindings") =>
    accountIds.flatMap((accountId) =>
      changedIds(earlier.get(accountId)?.[of], later.get(accountId)?.[of]).map((id) => ({
        accountId,
        id,
      })),
    );
  return {
    servers: changed("findings").map(({ accountId, id }) => ({ accountId, serverId: id })),
    portals: changed("portalFindings").map(({ accountId, id }) => ({ accountId, portalId: id })),
  };
}

function changedIds(one: Findings | undefined, other: Findings | undefined): readonly string[] {
  if (one === other) {
    return [];
  }
  return [...new Set([...(one?.keys() ?? []), ...(other?.keys() ?? [])])].filter((id) => {
    const before = one?.get(id) ?? NO_FINDINGS;
    const now = other?.get(id) ?? NO_FINDINGS;
    return before !== now && before.length + now.length > 0;
  });
}

type Findings = ReadonlyMap<string, readonly Finding[]>;

/**
 * Adds what Cloudflare refused of each last write to the rules' findings, so that rows,
 * badge and the Problems view count it alike.
 */
function withRefused(
  found: Findings,
  resources: ReadonlyMap<string, Pick<Checked, "refusals">>,
): Findings {
  const refused = [...resources].filter(([, { refusals }]) => refusals.length > 0);
  if (refused.length === 0) {
    return found;
  }
  return new Map([
    ...found,
    ...refused.map(
      ([id, { refusals }]) => [id, joined(found.get(id) ?? NO_FINDINGS, refusals)] as const,
    ),
  ]);
}

/** A server and its draft have the same refusals but different findings. */
const joinedWith = memoize((refusals: readonly Refusal[]) =>
  memoize((found: readonly Finding[]) => [...refusals.map(findingOf), ...found]),
);

/** Memoized, so that unchanged inputs give the same list and compare by identity. */
export function joined(
  found: readonly Finding[],
  refusals: readonly Refusal[],
): readonly Finding[] {
  return refusals.length === 0 ? found : joinedWith(refusals)(found);
}

function findingOf({ code, message, path }: Refusal): Finding {
  const rule = `api/${code ?? 0}`;
  const [first, serverId] = path;
  const isInMapping = first === "servers" && serverId !== undefined;
  const [section, name] = isInMapping ? path.slice(2) : path;
  const about = {
    rule,
    severity: "error",
    message,
    path,
    ...(isInMapping ? { mapping: serverId } : {}),
  } as const;
  if (name === undefined) {
    return about;
  }
  return { ...about, subject: { kind: section === "tools" ? "tool" : "prompt", name } };
}

export function isRefusedCode(code: string): boolean {
  return code.startsWith("api/");
}
