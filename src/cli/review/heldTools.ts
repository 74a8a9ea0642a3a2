import type { FieldChange } from "../../domain/changes/change.ts";
import { SERVER_FIELDS } from "../../domain/servers/fields.ts";
import type { Server } from "../../domain/servers/server.ts";

/** Turns held tools on again. Leaves out a tool that is gone, or that somebody has turned on. */
export function heldChanges(server: Server, held: readonly string[]): readonly FieldChange[] {
  return held
    .filter((name) => server.toolOverrides.get(name)?.enabled === false)
    .map((name) => ({
      field: { of: { kind: "tool", name }, key: "enabled" },
      from: false,
      to: null,
    }));
}

/**
 * A server as it will be once its held tools are accepted. A file says what somebody wants, and nobody
 * wants a tool off because a sync held it.
 */
export function withoutHold(server: Server, held: readonly string[] = []): Server {
  const changes = heldChanges(server, held);
  return changes.length === 0 ? server : SERVER_FIELDS.set(server, changes);
}
