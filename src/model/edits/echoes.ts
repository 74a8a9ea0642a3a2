import { catalogueOf } from "../server/catalogue.ts";
import type { Server } from "../server/server.ts";
import type { Change } from "./edit.ts";

/** A description that says what the upstream's own says is no override. */
export function withoutEchoes(changes: readonly Change[], server: Server): readonly Change[] {
  const catalogue = catalogueOf(server);
  return changes.flatMap((change) => {
    const { field, from, to } = change;
    if (field.of === undefined || field.key !== "description" || to === null) return [change];
    const { kind, name } = field.of;
    if (catalogue.find(kind, name)?.capability.description !== to) return [change];
    return from === null ? [] : [{ ...change, to: null }];
  });
}
