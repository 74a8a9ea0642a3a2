import type { Fix, FixKind } from "../../model/checks/fix.ts";
import { fixOf } from "../../model/checks/fixes.ts";
import { exposedName } from "../../model/server/names.ts";
import type { Server } from "../../model/server/server.ts";
import { AccountNames } from "./accountNames.ts";
import type { Fixable } from "./fixables.ts";
import type { Problems } from "./problems.ts";

export type PlanSource = Pick<Problems, "servers" | "server" | "settings">;

export interface PlannedFix extends Fixable {
  readonly server: Server;
  readonly fix: Fix;
}

/**
 * What a kind of fix does about these findings, each tool or prompt once. One of its findings can
 * have the fix where another has none. A new alias is taken for those after it.
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
    if (server === undefined || planned.has(key)) continue;
    const names = accounts.of(address.accountId);
    const fix = fixOf(kind, finding, { server, names, clients });
    if (fix === undefined) continue;
    planned.set(key, { address, finding, server, fix });
    for (const { field, to } of fix.edit) {
      if (field.key === "alias" && typeof to === "string") names.add(exposedName(server.id, to));
    }
  }
  return [...planned.values()];
}
