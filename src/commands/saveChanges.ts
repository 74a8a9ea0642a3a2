import * as vscode from "vscode";
import type { CapabilityTarget } from "../contributions.ts";
import { capabilityEdit } from "../model/edit.ts";
import type { OverrideChange } from "../model/overrides.ts";
import { findServer } from "../store/state.ts";
import type { App } from "./app.ts";

export interface CapabilityChange {
  readonly target: CapabilityTarget;
  readonly change: Omit<OverrideChange, "name">;
}

/** Saves changes of tools and prompts: one edit a server, however many were changed. */
export async function saveChanges(app: App, changes: readonly CapabilityChange[]): Promise<void> {
  const servers = Map.groupBy(changes, ({ target }) => `${target.accountId}/${target.serverId}`);
  await Promise.all([...servers.values()].map((group) => saveServer(app, group)));
}

async function saveServer(app: App, group: readonly CapabilityChange[]): Promise<void> {
  const [first] = group;
  if (first === undefined) return;
  const { accountId, serverId } = first.target;
  const edit = capabilityEdit(
    group.map(({ target, change }) => ({ ...change, kind: target.kind, name: target.name })),
  );
  try {
    await app.sessions.get(accountId)?.edit(serverId, edit);
  } catch (error) {
    const name = findServer(app.store.state, accountId, serverId)?.server.name ?? serverId;
    void app.reporter.failed(vscode.l10n.t("{0} wasn't saved.", name), error, {
      label: vscode.l10n.t("Try Again"),
      run: () => saveServer(app, group),
    });
  }
}
