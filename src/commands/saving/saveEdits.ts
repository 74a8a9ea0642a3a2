import type { Milestone, ServerAddress } from "../../contributions.ts";
import type { Edit } from "../../model/edits/edit.ts";
import type { Server } from "../../model/server/server.ts";
import { reach } from "../../ui/milestones.ts";
import type { App } from "../app.ts";
import { changeable } from "../targets.ts";
import { runJobs } from "./saveJobs.ts";
import { tellUnsaved } from "./unsaved.ts";
import { type Again, type ServerChanges, tryAgain } from "./waysOut.ts";

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
  app: App,
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
  if (outcomes.some(({ result }) => result.saved.length > 0)) reach(milestone);
  tellUnsaved(app, outcomes, againAs("edit"));
}

/** Saves changes that know what was seen. @param as "undo" isn't itself a step to be undone */
export async function saveAgain(
  app: App,
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
