import { exposedName } from "../../domain/catalogue/names.ts";
import { ExposedNames } from "../../domain/checks/collisions.ts";
import type { Finding } from "../../domain/checks/finding.ts";
import { type Fix, type FixKind, fixOf } from "../../domain/checks/fixes.ts";
import type { Server } from "../../domain/servers/server.ts";
import type { ServerAddress } from "../../manifest.ts";
import type { Findings } from "./findings.ts";

type PlanSource = Pick<Findings, "servers" | "server" | "settings">;

export interface PlannedFix extends Fixable {
  readonly server: Server;
  readonly fix: Fix;
}

/**
 * The fixes of one kind for these findings, one for each tool or prompt. A finding may have no such
 * fix where another of the same tool has one. A new alias counts as taken for the fixes after it.
 */
export function planFixes(
  problems: PlanSource,
  all: readonly Fixable[],
  kind: FixKind,
): readonly PlannedFix[] {
  const accounts = new AccountNames(problems);
  const { clients } = problems.settings;
  const planned = new Map<string, PlannedFix>();
  for (const { address, finding } of all) {
    const key = JSON.stringify([address.accountId, address.serverId, finding.subject]);
    const server = problems.server(address);
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
  problems: Pick<Findings, "servers" | "of">,
  accountIds: readonly string[],
): ReadonlyMap<string, readonly Fixable[]> {
  const all = accountIds.flatMap((accountId) =>
    problems.servers(accountId).flatMap(({ id: serverId }) => {
      const address = { accountId, serverId };
      return problems.of(address).map((finding) => ({ address, finding }));
    }),
  );
  return Map.groupBy(all, ({ finding }) => finding.rule);
}

interface Counts {
  readonly findings: ReadonlyMap<string, readonly Fixable[]>;
  readonly known: Map<string, number>;
}

export type CountSource = PlanSource & Pick<Findings, "of" | "checked">;

/** Memoized until the findings change, because VS Code asks at every move of the cursor. */
const remembered = new WeakMap<object, Map<string, Counts>>();

/** The number of fixes of a kind for a rule in an account. */
export function countFixes(
  problems: CountSource,
  accountId: string,
  rule: string,
  kind: FixKind,
): number {
  const { findings, known } = countsOf(problems, accountId);
  const key = `${rule} ${kind}`;
  const count = known.get(key) ?? planFixes(problems, findings.get(rule) ?? [], kind).length;
  known.set(key, count);
  return count;
}

function countsOf(problems: CountSource, accountId: string): Counts {
  const accounts = remembered.get(problems.checked) ?? new Map<string, Counts>();
  remembered.set(problems.checked, accounts);
  const counts = accounts.get(accountId) ?? {
    findings: findingsByRule(problems, [accountId]),
    known: new Map<string, number>(),
  };
  accounts.set(accountId, counts);
  return counts;
}

/**
 * The exposed names of each account, computed once. Use it for a single call, because it doesn't
 * follow changes.
 */
export class AccountNames {
  readonly #problems: Pick<Findings, "servers">;
  readonly #names = new Map<string, ExposedNames>();

  constructor(problems: Pick<Findings, "servers">) {
    this.#problems = problems;
  }

  of(accountId: string): ExposedNames {
    const names = this.#names.get(accountId) ?? new ExposedNames(this.#problems.servers(accountId));
    this.#names.set(accountId, names);
    return names;
  }
}
