import type { CapabilityTarget } from "../../contributions.ts";
import { type CapabilityEdit, capabilityEdit } from "../../model/edits/edit.ts";
import type { Server } from "../../model/server/server.ts";
import type { App } from "../app.ts";
import { type ServerEdit, saveEdits } from "./saveEdits.ts";

export interface CapabilityChange {
  readonly target: CapabilityTarget;
  readonly change: Omit<CapabilityEdit, "kind" | "name">;
  /** The server as the person had it in view while they typed. */
  readonly seen?: Server;
}

/** Saves changes of tools and prompts: one edit a server, however many were changed. */
export async function saveChanges(app: App, changes: readonly CapabilityChange[]): Promise<void> {
  const servers = Map.groupBy(changes, ({ target }) => `${target.accountId}/${target.serverId}`);
  await saveEdits(
    app,
    [...servers.values()].flatMap((group) => editOf(group)),
  );
}

function editOf(group: readonly CapabilityChange[]): readonly ServerEdit[] {
  const [first] = group;
  if (first === undefined) return [];
  const { accountId, serverId } = first.target;
  const edit = capabilityEdit(
    group.map(({ target, change }) => ({ ...change, kind: target.kind, name: target.name })),
  );
  return [{ accountId, serverId, edit, ...(first.seen && { seen: first.seen }) }];
}
