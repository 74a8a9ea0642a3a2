import type { ServerAddress } from "../../contributions.ts";
import type { Finding } from "../../model/checks/finding.ts";
import type { Problems } from "./problems.ts";

export interface Fixable {
  readonly address: ServerAddress;
  readonly finding: Finding;
}

/** Every finding of these accounts, by rule. */
export function findingsByRule(
  problems: Pick<Problems, "servers" | "of">,
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
