import { TimeSlicer } from "../../base/async.ts";
import type { Refusal } from "../../domain/changes/writeResult.ts";
import type { AccountChecker } from "../../domain/checks/checkAccount.ts";
import type { Finding } from "../../domain/checks/finding.ts";
import type { CheckSettings } from "../../domain/checks/settings.ts";
import type { Server } from "../../domain/servers/server.ts";
import type { AccountState, ServerResource } from "../../engine/state.ts";
import type { ServerAddress } from "../../manifest.ts";
import type { AcceptedHintsStore } from "./acceptedHints.ts";

/** What was found, and the servers that it was found in. */
export interface CheckedAccount {
  /** Undefined while not all of them are known. */
  readonly servers: ReadonlyMap<string, ServerResource> | undefined;
  readonly findings: ReadonlyMap<string, readonly Finding[]>;
}

/** As they are whenever they are asked for: many servers are got to know in several turns. */
interface Surroundings {
  servers(accountId: string): readonly Server[];
  settings(): CheckSettings;
  /** Called when an account can be checked that couldn't be before. */
  introduced(): void;
}

const NO_FINDINGS_HERE: readonly Finding[] = [];
const UNCHECKED: CheckedAccount = { servers: undefined, findings: new Map() };

/** Runs the rules over accounts, each with indexes of its own. */
export class AccountChecks {
  readonly #rules: Rules;
  readonly #accepted: AcceptedHintsStore;
  readonly #around: Surroundings;
  readonly #checkers = new Map<string, AccountChecker>();
  readonly #introductions = new Map<string, WarmUp>();

  constructor(rules: Rules, accepted: AcceptedHintsStore, around: Surroundings) {
    this.#rules = rules;
    this.#accepted = accepted;
    this.#around = around;
  }

  /**
   * Nothing is found before the rules are loaded. Where the same servers were checked before, it's
   * what was found then, unless something else than the servers has changed.
   */
  check(
    account: AccountState,
    known: CheckedAccount = UNCHECKED,
    { anew = false } = {},
  ): CheckedAccount {
    const same = !anew && sameServers(known.servers, account.collections.server.items);
    const checked = same ? known : this.#look(account, known);
    // Each sync of a run may bring tools; when the run is over they are saved together.
    if (account.syncs.run === undefined) {
      void this.#accepted.save(account.account.id);
    }
    return checked;
  }

  #look({ account: { id }, collections }: AccountState, known: CheckedAccount): CheckedAccount {
    const servers = collections.server.items;
    const checker = this.#checkers.get(id) ?? this.#rules.checker();
    if (checker === undefined) {
      return { servers, findings: new Map() };
    }
    this.#checkers.set(id, checker);
    const all = [...servers.values()].map(({ optimistic }) => optimistic);
    if (this.#introduce(id, checker, all)) {
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
    const settings = this.#around.settings();
    return checker.check(servers, settings, (id) => this.#accepted.of(accountId, id));
  }

  /** Lets a checker of somebody else's get to know an account, for as long as that is wanted. */
  acquaint(checker: AccountChecker, accountId: string, isWanted: () => boolean): void {
    const servers = () => (isWanted() ? this.#around.servers(accountId) : []);
    new WarmUp().begin(servers(), {
      servers,
      show: (some) => void this.run(checker, accountId, some),
      done: () => undefined,
    });
  }

  /** The indexes of accounts that are gone go with them. */
  keepOnly(accounts: ReadonlyMap<string, unknown>): void {
    for (const id of this.#checkers.keys()) {
      if (accounts.has(id)) {
        continue;
      }
      this.#checkers.delete(id);
      this.#introductions.delete(id);
    }
  }

  /** True while so many servers are new to the checker that it gets to know them in turns. */
  #introduce(id: string, checker: AccountChecker, servers: readonly Server[]): boolean {
    const introduction = this.#introductions.get(id) ?? new WarmUp();
    this.#introductions.set(id, introduction);
    return introduction.begin(servers, {
      servers: () => (this.#checkers.get(id) === checker ? this.#around.servers(id) : []),
      show: (some) => void this.run(checker, id, some),
      done: () => this.#around.introduced(),
    });
  }
}

/** How far their syncs are doesn't matter to rules. */
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

/** The servers whose problems are others than before. */
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
        one?.get(serverId) ?? NO_FINDINGS_HERE,
        other?.get(serverId) ?? NO_FINDINGS_HERE,
      ];
      const same = before === now || (before.length === 0 && now.length === 0);
      if (!same) {
        addresses.push({ accountId, serverId });
      }
    }
  }
  return addresses;
}

/** So many tools and prompts are looked at in a few milliseconds. */
const AT_ONCE = 300;

interface Host {
  /** All servers as they are now. */
  servers(): readonly Server[];
  /** Looks at these: some that are new, and with them all that were shown before. */
  show(servers: readonly Server[]): void;
  done(): void;
}

/**
 * How a checker gets to know a large account: a first look at everything takes a second or more,
 * so it is shown a few more servers each turn. What it knows costs it nothing to be shown again.
 */
export class WarmUp {
  readonly #known = new WeakSet<Server>();
  #running = false;

  /** False where one turn is enough, which is then the caller's; true until `done` is called. */
  begin(servers: readonly Server[], host: Host): boolean {
    if (this.#running) {
      return true;
    }
    const fresh = servers.filter((server) => !this.#known.has(server));
    if (firstFew(fresh).length === fresh.length) {
      this.#know(fresh);
      return false;
    }
    this.#running = true;
    void this.#run(host).finally(() => {
      this.#running = false;
      host.done();
    });
    return true;
  }

  async #run({ servers, show }: Host): Promise<void> {
    const turns = new TimeSlicer();
    for (;;) {
      await turns.next();
      const all = servers();
      const few = firstFew(all.filter((server) => !this.#known.has(server)));
      if (few.length === 0) {
        return;
      }
      this.#know(few);
      show(all.filter((server) => this.#known.has(server)));
    }
  }

  #know(servers: readonly Server[]): void {
    for (const server of servers) {
      this.#known.add(server);
    }
  }
}

function firstFew(servers: readonly Server[]): readonly Server[] {
  let sum = 0;
  const end = servers.findIndex(({ tools, prompts }) => {
    sum += tools.length + prompts.length;
    return sum > AT_ONCE;
  });
  return end < 0 ? servers : servers.slice(0, Math.max(1, end));
}

type Findings = ReadonlyMap<string, readonly Finding[]>;

/**
 * What the rules have found with what Cloudflare refused of the last write of each server, which is
 * a problem like theirs: rows, the badge and Problems count the same.
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

const NO_FINDINGS: readonly Finding[] = [];

/** A server and its draft have the same refusals and other findings. */
const remembered = new WeakMap<
  readonly Refusal[],
  WeakMap<readonly Finding[], readonly Finding[]>
>();

/** The same list for the same two, so that it's seen that nothing has changed. */
export function joined(
  found: readonly Finding[],
  refusals: readonly Refusal[],
): readonly Finding[] {
  if (refusals.length === 0) {
    return found;
  }
  const known = remembered.get(refusals) ?? new WeakMap();
  remembered.set(refusals, known);
  const all = known.get(found) ?? [...refusals.map(findingOf), ...found];
  known.set(found, all);
  return all;
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

/** The rules, which are many: loaded with the first account, so that activation needn't wait. */
export class Rules {
  #make: (() => AccountChecker) | undefined;
  #loading: Promise<void> | undefined;

  load(): Promise<void> {
    this.#loading ??= this.#load();
    return this.#loading;
  }

  /** With indexes of its own. Undefined until the rules are there. */
  checker(): AccountChecker | undefined {
    return this.#make?.();
  }

  async #load(): Promise<void> {
    const { AccountChecker: Checker } = await import("../../domain/checks/checkAccount.ts");
    this.#make = () => new Checker();
  }
}
