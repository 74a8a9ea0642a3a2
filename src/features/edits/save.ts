import * as vscode from "vscode";
import { type CapabilityEdit, capabilityEdit, type Edit } from "../../domain/changes/change.ts";
import type { Conflict } from "../../domain/changes/merge.ts";
import { arrivedInWords, overwrittenInWords } from "../../domain/changes/words.ts";
import type { Server } from "../../domain/servers/server.ts";
import { notifyInformation, notifyWarning } from "../../editor/notifications.ts";
import type { LateOutcome } from "../../engine/edits/writeMonitor.ts";
import type { CapabilityTarget, Milestone, ServerAddress } from "../../manifest.ts";
import type { AppContext } from "../app.ts";
import { changeable, serverName } from "../targets/index.ts";
import { complete } from "../walkthrough.ts";
import { type Again, runJobs, type ServerChanges, tellUnsaved, tryAgain } from "./saveOutcome.ts";

export interface ServerEdit extends ServerAddress {
  readonly edit: Edit;
  /** What the person had in view while they filled in a form; what is on screen now unless given. */
  readonly seen?: Server;
}

/**
 * Saves what a person did in one go: one write a server, a message only where something failed.
 * @param milestone what it is to the walkthrough
 */
export async function saveEdits(
  app: AppContext,
  edits: readonly ServerEdit[],
  milestone: Milestone = "edited",
): Promise<void> {
  const action = crypto.randomUUID();
  const jobs = changeable(app, edits).map(({ accountId, serverId, edit, seen }) => ({
    accountId,
    serverId,
    run: () => app.sessions.get(accountId)?.edit(serverId, edit, { action }, seen),
  }));
  const outcomes = await runJobs(jobs);
  if (outcomes.some(({ result }) => result.saved.length > 0)) {
    complete(milestone);
  }
  tellUnsaved(app, outcomes, againAs("edit"));
}

/** Saves changes that know what was seen. @param as "undo" isn't itself a step to be undone */
export async function saveAgain(
  app: AppContext,
  all: readonly ServerChanges[],
  as: Again["as"] = "edit",
): Promise<void> {
  const options = as === "undo" ? { isUndo: true } : { action: crypto.randomUUID() };
  const jobs = changeable(app, all).map(({ accountId, serverId, changes }) => ({
    accountId,
    serverId,
    run: () => app.sessions.get(accountId)?.change(serverId, changes, options),
  }));
  tellUnsaved(app, await runJobs(jobs), againAs(as));
}

function againAs(as: Again["as"]): Again {
  return {
    as,
    retry: (app, open) => saveAgain(app, open.map(tryAgain), as),
    insist: (app, changes) => saveAgain(app, changes, as),
  };
}

export interface CapabilityChange {
  readonly target: CapabilityTarget;
  readonly change: Omit<CapabilityEdit, "kind" | "name">;
  /** The server as the person had it in view while they typed. */
  readonly seen?: Server;
}

/** Saves changes of tools and prompts: one edit a server, however many were changed. */
export async function saveChanges(
  app: AppContext,
  changes: readonly CapabilityChange[],
): Promise<void> {
  const servers = Map.groupBy(changes, ({ target }) => `${target.accountId}/${target.serverId}`);
  await saveEdits(
    app,
    [...servers.values()].flatMap((group) => editOf(group)),
  );
}

function editOf(group: readonly CapabilityChange[]): readonly ServerEdit[] {
  const [first] = group;
  if (first === undefined) {
    return [];
  }
  const { accountId, serverId } = first.target;
  const edit = capabilityEdit(
    group.map(({ target, change }) => ({ ...change, kind: target.kind, name: target.name })),
  );
  return [{ accountId, serverId, edit, ...(first.seen && { seen: first.seen }) }];
}

/** Tells what has become of a write since its result was told. */
export async function tellLateOutcome(app: AppContext, lateOutcome: LateOutcome): Promise<void> {
  const { accountId, serverId } = lateOutcome;
  const name = serverName(app, accountId, serverId);
  switch (lateOutcome.kind) {
    case "arrived": {
      const message = arrivedInWords(name, lateOutcome.changes);
      app.log.info(message);
      void notifyInformation(message);
      return;
    }
    case "overwritten": {
      const { fields } = lateOutcome;
      const message = overwrittenInWords(name, fields);
      app.log.info(message);
      const again = vscode.l10n.t("Apply Again");
      const chosen = await notifyWarning(message, again);
      if (chosen === again) {
        await applyAgain(app, accountId, serverId, fields);
      }
    }
  }
}

async function applyAgain(
  app: AppContext,
  accountId: string,
  serverId: string,
  fields: readonly Conflict[],
): Promise<void> {
  const changes = fields.map(({ change, theirs }) => ({ ...change, from: theirs }));
  await saveAgain(app, [{ accountId, serverId, changes }]);
}
