import { memoize } from "../../base/memo.ts";
import type { Refusal } from "../../domain/changes/writeResult.ts";
import type { AccountChecker } from "../../domain/checks/checkAccount.ts";
import type { Finding } from "../../domain/checks/finding.ts";
import type { CheckSettings } from "../../domain/checks/settings.ts";
import type { Server } from "../../domain/servers/server.ts";
import type { AccountState, ServerResource } from "../../engine/state.ts";
import type { ServerAddress } from "../../target.ts";
import type { AcceptedHintsStore } from "./acceptedHints.ts";
import { WarmUp } from "./warmUp.ts";

/** The findings of an account, and the servers in which they were found. */
export interface CheckedAccount {
  /** Undefined until all servers have been checked. */
  readonly servers: ReadonlyMap<string, ServerResource> | undefined;
  readonly findings: ReadonlyMap<string, readonly Finding[]>;
}

/** Read each time, because many servers are checked over several turns. */
interface ChecksSource {
  servers(accountId: string): readonly Server[];
  settings(): CheckSettings;
  /** Called when an account that was too large to be checked at once has been warmed up. */
  warmedUp(): void;
}

const NO_FINDINGS: readonly Finding[] = [];
const UNCHECKED: CheckedAccount = { servers: undefined, findings: new Map() };

/** Checks accounts with the rules. Each account has its own indexes. */
export class AccountChecks {
  readonly #rules: Rules;
  readonly #accepted: AcceptedHintsStore;
  readonly #source: ChecksSource;
  readonly #checkers = new Map<string, AccountChecker>();
  readonly #warmUps = new Map<string, WarmUp>();

  constructor(rules: Rules, accepted: AcceptedHintsStore, source: ChecksSource) {
    this.#rules = rules;
    this.#accepted = accepted;
    this.#source = source;
  }

  /**
   * Returns no findings before the rules are loaded. Returns the earlier findings when the servers
   * are the same, unless `anew` is set.
   */
  check(
    account: AccountState,
    known: CheckedAccount = UNCHECKED,
    { anew = false } = {},
  ): CheckedAccount {
    const same = !anew && sameServers(known.servers, account.collections.server.items);
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
    const checker = this.#checkers.get(id) ?? this.#rules.checker();
    if (checker === undefined) {
      return { servers, findings: new Map() };
    }
    this.#checkers.set(id, checker);
    const all = [...servers.values()].map(({ optimistic }) => optimistic);
    if (this.#isWarmingUp(id, checker, all)) {
      return { ...known, servers: undefined };
    }
    for (const { remote } of servers.values()) {
      this.#accepted.learn(id, remote);
    }
    return { servers, findings: withRefused(this.run(checker, id, all), servers) };
  }

  run(
    checker: AccountChecker,
    accountId: string,
    servers: readonly Server[],
  ): CheckedAccount["findings"] {
    const settings = this.#source.settings();
    return checker.check(servers, settings, (id) => this.#accepted.of(accountId, id));
  }

  /** Warms another checker up with an account's servers, as long as that is wanted. */
  warmUp(checker: AccountChecker, accountId: string, isWanted: () => boolean): void {
    const servers = () => (isWanted() ? this.#source.servers(accountId) : []);
    new WarmUp().begin(servers(), {
      servers,
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
      this.#warmUps.delete(id);
    }
  }

  /** True while the checker has so many new servers that they are checked in several turns. */
  #isWarmingUp(id: string, checker: AccountChecker, servers: readonly Server[]): boolean {
    const warmUp = this.#warmUps.get(id) ?? new WarmUp();
    this.#warmUps.set(id, warmUp);
    return warmUp.begin(servers, {
      servers: () => (this.#checkers.get(id) === checker ? this.#source.servers(id) : []),
      show: (some) => void this.run(checker, id, some),
      done: () => this.#source.warmedUp(),
    });
  }
}

/** The state of a sync doesn't matter to the rules. */
function sameServers(
  one: CheckedAccount["servers"],
  other: ReadonlyMap<string, ServerResource>,
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

/** The servers whose findings differ. */
export function changedServers(
  earlier: ReadonlyMap<string, CheckedAccount>,
  later: ReadonlyMap<string, CheckedAccount>,
): readonly ServerAddress[] {
  const addresses: ServerAddress[] = [];
  for (const accountId of new Set([...earlier.keys(), ...later.keys()])) {
    const one = earlier.get(accountId)?.findings;
    const other = later.get(accountId)?.findings;
    if (one === other) {
      continue;
    }
    for (const serverId of new Set([...(one?.keys() ?? []), ...(other?.keys() ?? [])])) {
      const [before, now] = [
        one?.get(serverId) ?? NO_FINDINGS,
        other?.get(serverId) ?? NO_FINDINGS,
      ];
      const same = before === now || (before.length === 0 && now.length === 0);
      if (!same) {
        addresses.push({ accountId, serverId });
      }
    }
  }
  return addresses;
}

type Findings = ReadonlyMap<string, readonly Finding[]>;

/**
 * Adds what Cloudflare refused of each server's last write to the rules' findings, so that rows,
 * badge and the Problems view count it alike.
 */
function withRefused(found: Findings, servers: ReadonlyMap<string, ServerResource>): Findings {
  const refused = [...servers].filter(([, { refusals }]) => refusals.length > 0);
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
  const [section, name] = path;
  const rule = `api/${code ?? 0}`;
  const about = { rule, severity: "error", message, path } as const;
  if (name === undefined) {
    return about;
  }
  return { ...about, subject: { kind: section === "tools" ? "tool" : "prompt", name } };
}

export function isRefusedCode(code: string): boolean {
  return code.startsWith("api/");
}

/**
 * Loads the rules with the first account: with them, the cold load of activation takes 2.7 times as
 * long.
 */
export class Rules {
  #make: (() => AccountChecker) | undefined;
  #loading: Promise<void> | undefined;

  load(): Promise<void> {
    this.#loading ??= this.#load();
    return this.#loading;
  }

  /** Makes a checker with its own indexes. Undefined until the rules are loaded. */
  checker(): AccountChecker | undefined {
    return this.#make?.();
  }

  async #load(): Promise<void> {
    const { AccountChecker: Checker } = await import("../../domain/checks/checkAccount.ts");
    this.#make = () => new Checker();
  }
}
