import type { Finding } from "../../model/checks/finding.ts";
import type { FixKind } from "../../model/checks/fixes.ts";
import { fixKindsOf } from "../../model/checks/fixKinds.ts";
import type { ServerAddress } from "../documents/uri.ts";
import type { Problems } from "./problems.ts";

export interface Fixable {
  readonly address: ServerAddress;
  readonly finding: Finding;
}

/** The findings of a rule that a kind of fix is for, each tool or prompt once. */
export function fixables(
  problems: Problems,
  accountIds: readonly string[],
  rule: string,
  kind: FixKind,
): readonly Fixable[] {
  if (!fixKindsOf(rule).includes(kind)) return [];
  const found = new Map<string, Fixable>();
  for (const accountId of accountIds) {
    for (const { id: serverId } of problems.servers(accountId)) {
      const address = { accountId, serverId };
      for (const finding of problems.of(address)) {
        if (finding.rule !== rule) continue;
        const key = JSON.stringify([accountId, serverId, finding.subject]);
        if (!found.has(key)) found.set(key, { address, finding });
      }
    }
  }
  return [...found.values()];
}
