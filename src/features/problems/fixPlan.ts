import { exposedName } from "../../domain/catalogue/names.ts";
import { ExposedNames } from "../../domain/checks/collisions.ts";
import type { Finding } from "../../domain/checks/finding.ts";
import { type Fix, type FixKind, fixOf } from "../../domain/checks/fixes.ts";
import type { Server } from "../../domain/servers/server.ts";
import { findServer, optimisticServers, serversOf } from "../../engine/state.ts";
import type { ReadonlyStore } from "../../engine/store.ts";
import type { ServerAddress } from "../../target.ts";
import type { Findings } from "./findings.ts";

/** The servers of the state, and what was found in them. */
export interface FixSource {
  readonly store: Pick<ReadonlyStore, "state">;
  readonly findings: Pick<Findings, "of" | "checked" | "settings">;
}

export interface PlannedFix extends Fixable {
  readonly server: Server;
  readonly fix: Fix;
}

/**
 * The fixes of one kind for these findings, one for each tool or prompt. A finding may have no such
 * fix where another of the same tool has one. A new alias counts as taken for the fixes after it.
 */
export function planFixes(
  app: FixSource,
  all: readonly Fixable[],
  kind: FixKind,
): readonly PlannedFix[] {
  const accounts = new AccountNames(app);
  const { clients } = app.findings.settings;
  const planned = new Map<string, PlannedFix>();
  for (const { address, finding } of all) {
    const key = JSON.stringify([address.accountId, address.serverId, finding.subject]);
    const server = findServer(app.store.state, address.accountId, address.serverId)?.optimistic;
    if (server === undefined || planned.has(key)) {
      continue;
    }
    const names = accounts.of(address.accountId);
    const fix = fixOf(kind, finding, { server, names, clients });
    if (fix === undefined) {
      continue;
    }
    planned.set(key, { address, finding, server, fix });
    for (const { field, to } of fix.values) {
      if (field.key === "alias" && typeof to === "string") {
        names.add(exposedName(server.id, to));
      }
    }
  }
  return [...planned.values()];
}

interface Fixable {
  readonly address: ServerAddress;
  readonly finding: Finding;
}

/** All findings of these accounts, by rule. */
export function findingsByRule(
  { store, findings }: FixSource,
  accountIds: readonly string[],
): ReadonlyMap<string, readonly Fixable[]> {
  const all = accountIds.flatMap((accountId) =>
    [...serversOf(store.state, accountId).keys()].flatMap((serverId) => {
      const address = { accountId, serverId };
      return findings.of(address).map((finding) => ({ address, finding }));
    }),
  );
  return Map.groupBy(all, ({ finding }) => finding.rule);
}

interface Counts {
  readonly findings: ReadonlyMap<string, readonly Fixable[]>;
  readonly known: Map<string, number>;
}

/** Counts fixes once until the findings change: VS Code asks at every move of the cursor. */
export class FixCounts {
  readonly #app: FixSource;
  #checked: object | undefined;
  #accounts: ReadonlyMap<string, Counts> = new Map();

  constructor(app: FixSource) {
    this.#app = app;
  }

  /** The number of fixes of a kind for a rule in an account. */
  of(accountId: string, rule: string, kind: FixKind): number {
    const { findings, known } = this.#countsOf(accountId);
    const key = `${rule} ${kind}`;
    const count = known.get(key) ?? planFixes(this.#app, findings.get(rule) ?? [], kind).length;
    known.set(key, count);
    return count;
  }

  #countsOf(accountId: string): Counts {
    const { checked } = this.#app.findings;
    if (checked !== this.#checked) {
      this.#checked = checked;
      this.#accounts = new Map();
    }
    const counts = this.#accounts.get(accountId) ?? {
      findings: findingsByRule(this.#app, [accountId]),
      known: new Map<string, number>(),
    };
    this.#accounts = new Map(this.#accounts).set(accountId, counts);
    return counts;
  }
}

/**
 * The exposed names of each account, computed once. Use it for a single call, because it doesn't
 * follow changes.
 */
export class AccountNames {
  readonly #store: FixSource["store"];
  readonly #names = new Map<string, ExposedNames>();

  constructor({ store }: Pick<FixSource, "store">) {
    this.#store = store;
  }

  of(accountId: string): ExposedNames {
    const { state } = this.#store;
    // Most fixes need no names, so the servers are read when the first name is asked for.
    const servers = { [Symbol.iterator]: () => optimisticServers(state, accountId).values() };
    const names = this.#names.get(accountId) ?? new ExposedNames(servers);
    this.#names.set(accountId, names);
    return names;
  }
}
