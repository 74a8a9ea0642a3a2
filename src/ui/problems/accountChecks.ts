import type { ServerAddress } from "../../contributions.ts";
import type { AccountChecker } from "../../model/checks/checker.ts";
import type { Finding } from "../../model/checks/finding.ts";
import type { CheckSettings } from "../../model/checks/settings.ts";
import type { Server } from "../../model/server/server.ts";
import type { AccountState, ServerState } from "../../store/state.ts";
import type { AcceptedHintsStore } from "./accepted.ts";
import { Introduction } from "./introduction.ts";
import { withRefused } from "./refused.ts";
import type { Rules } from "./rules.ts";

/** What was found, and the servers that it was found in. */
export interface Checked {
  /** Undefined while not all of them are known. */
  readonly servers: ReadonlyMap<string, ServerState> | undefined;
  readonly findings: ReadonlyMap<string, readonly Finding[]>;
}

/** As they are whenever they are asked for: many servers are got to know in several turns. */
interface Surroundings {
  servers(accountId: string): readonly Server[];
  settings(): CheckSettings;
  /** Called when an account can be checked that couldn't be before. */
  introduced(): void;
}

const NONE: readonly Finding[] = [];
const UNCHECKED: Checked = { servers: undefined, findings: new Map() };

/** Runs the rules over accounts, each with indexes of its own. */
export class AccountChecks {
  readonly #rules: Rules;
  readonly #accepted: AcceptedHintsStore;
  readonly #around: Surroundings;
  readonly #checkers = new Map<string, AccountChecker>();
  readonly #introductions = new Map<string, Introduction>();

  constructor(rules: Rules, accepted: AcceptedHintsStore, around: Surroundings) {
    this.#rules = rules;
    this.#accepted = accepted;
    this.#around = around;
  }

  /**
   * Nothing is found before the rules are loaded. Where the same servers were checked before, it's
   * what was found then, unless something else than the servers has changed.
   */
  check(account: AccountState, known: Checked = UNCHECKED, { anew = false } = {}): Checked {
    const same = !anew && sameServers(known.servers, account.servers);
    const checked = same ? known : this.#look(account, known);
    // Each sync of a run may bring tools; when the run is over they are saved together.
    if (account.syncRun === undefined) this.#accepted.save(account.account.id);
    return checked;
  }

  #look({ account: { id }, servers }: AccountState, known: Checked): Checked {
    const checker = this.#checkers.get(id) ?? this.#rules.checker();
    if (checker === undefined) return { servers, findings: new Map() };
    this.#checkers.set(id, checker);
    const all = [...servers.values()].map(({ server }) => server);
    if (this.#introduce(id, checker, all)) return { ...known, servers: undefined };
    for (const { truth } of servers.values()) this.#accepted.learn(id, truth);
    return { servers, findings: withRefused(this.run(checker, id, all), servers) };
  }

  run(checker: AccountChecker, accountId: string, servers: readonly Server[]): Checked["findings"] {
    const settings = this.#around.settings();
    return checker.check(servers, settings, (id) => this.#accepted.of(accountId, id));
  }

  /** Lets a checker of somebody else's get to know an account, for as long as that is wanted. */
  acquaint(checker: AccountChecker, accountId: string, isWanted: () => boolean): void {
    const servers = () => (isWanted() ? this.#around.servers(accountId) : []);
    new Introduction().begin(servers(), {
      servers,
      show: (some) => void this.run(checker, accountId, some),
      done: () => undefined,
    });
  }

  /** The indexes of accounts that are gone go with them. */
  keepOnly(accounts: ReadonlyMap<string, unknown>): void {
    for (const id of this.#checkers.keys()) {
      if (accounts.has(id)) continue;
      this.#checkers.delete(id);
      this.#introductions.delete(id);
    }
  }

  /** True while so many servers are new to the checker that it gets to know them in turns. */
  #introduce(id: string, checker: AccountChecker, servers: readonly Server[]): boolean {
    const introduction = this.#introductions.get(id) ?? new Introduction();
    this.#introductions.set(id, introduction);
    return introduction.begin(servers, {
      servers: () => (this.#checkers.get(id) === checker ? this.#around.servers(id) : []),
      show: (some) => void this.run(checker, id, some),
      done: () => this.#around.introduced(),
    });
  }
}

/** How far their syncs are doesn't matter to rules. */
function sameServers(one: Checked["servers"], other: ReadonlyMap<string, ServerState>): boolean {
  if (one === other) return true;
  return (
    one?.size === other.size &&
    [...other].every(([id, { server, truth, refusals }]) => {
      const before = one.get(id);
      return before?.server === server && before.truth === truth && before.refusals === refusals;
    })
  );
}

/** The servers whose problems are others than before. */
export function changedServers(
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
