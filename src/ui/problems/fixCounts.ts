import type { FixKind } from "../../model/checks/fix.ts";
import { type Fixable, findingsByRule } from "./fixables.ts";
import { type PlanSource, planFixes } from "./fixPlan.ts";
import type { Problems } from "./problems.ts";

interface Counts {
  readonly findings: ReadonlyMap<string, readonly Fixable[]>;
  readonly known: Map<string, number>;
}

export type CountSource = PlanSource & Pick<Problems, "of" | "checked">;

/** VS Code asks at every step of the cursor: it is counted anew when problems are others. */
const remembered = new WeakMap<object, Map<string, Counts>>();

/** How much of an account a kind of fix mends, for a rule. */
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
