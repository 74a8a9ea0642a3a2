import * as vscode from "vscode";
import type { OverrideValues } from "../../domain/catalogue/overrides.ts";
import {
  type ChangeSet,
  type Conflict,
  changesFrom,
  type FieldValue,
  type Ref,
} from "../../domain/changes/change.ts";
import { arrivedInWords, overwrittenInWords } from "../../domain/changes/words.ts";
import { overrideValues, SERVER_FIELDS } from "../../domain/servers/fields.ts";
import type { Server } from "../../domain/servers/server.ts";
import { serverRef } from "../../domain/servers/serverKind.ts";
import { notifyInformation, notifyWarning } from "../../editor/notifications.ts";
import type { SaveOptions } from "../../engine/edits/queue.ts";
import type { LateOutcome } from "../../engine/edits/writeMonitor.ts";
import { findServer } from "../../engine/state.ts";
import type { CapabilityTarget, Milestone, ServerAddress } from "../../manifest.ts";
import type { AppContext } from "../app.ts";
import { changeable } from "../targets/index.ts";
import { complete } from "../walkthrough.ts";
import { type Again, nameOf, runAll, type SaveJob, tellUnsaved, tryAgain } from "./saveOutcome.ts";

/**
 * What these values change on a server; nothing where it has gone.
 * @param seen what the person had in view while they filled in a form; else what is on screen now
 */
export function serverChanges(
  app: AppContext,
  { accountId, serverId }: ServerAddress,
  values: readonly FieldValue[],
  seen: Server | undefined = findServer(app.store.state, accountId, serverId)?.optimistic,
): readonly ChangeSet[] {
  return seen === undefined
    ? []
    : [{ ref: serverRef(accountId, serverId), changes: changesFrom(SERVER_FIELDS, seen, values) }];
}

/**
 * Saves what a person did in one go: one write a server, a message only where something failed.
 * @param milestone what it is to the walkthrough
 */
export async function saveEdits(
  app: AppContext,
  changeSets: readonly ChangeSet[],
  milestone: Milestone = "edited",
): Promise<void> {
  const outcomes = await runAll(jobsOf(app, changeSets, { action: crypto.randomUUID() }));
  if (outcomes.some(({ result }) => result.saved.length > 0)) {
    complete(milestone);
  }
  tellUnsaved(app, outcomes, againAs("edit"));
}

/** Saves again what wasn't saved. @param as "undo" isn't itself a step to be undone */
export async function saveAgain(
  app: AppContext,
  changeSets: readonly ChangeSet[],
  as: Again["as"] = "edit",
): Promise<void> {
  const options = as === "undo" ? { isUndo: true } : { action: crypto.randomUUID() };
  tellUnsaved(app, await runAll(jobsOf(app, changeSets, options)), againAs(as));
}

function jobsOf(
  app: AppContext,
  changeSets: readonly ChangeSet[],
  options: SaveOptions,
): readonly SaveJob[] {
  const all = changeSets.map((changeSet) => ({ accountId: changeSet.ref.accountId, changeSet }));
  return changeable(app, all).map(({ accountId, changeSet }) => ({
    ref: changeSet.ref,
    run: () => app.sessions.get(accountId)?.save(changeSet, options),
  }));
}

function againAs(as: Again["as"]): Again {
  return {
    as,
    retry: (app, open) => saveAgain(app, open.map(tryAgain), as),
    insist: (app, changes) => saveAgain(app, changes, as),
  };
}

/** What a tool or prompt is to become. */
export interface CapabilityValues {
  readonly target: CapabilityTarget;
  readonly values: OverrideValues;
  /** The server as the person had it in view while they typed. */
  readonly seen?: Server;
}

/** Saves changes of tools and prompts: one change set a server, however many were changed. */
export async function saveCapabilities(
  app: AppContext,
  changes: readonly CapabilityValues[],
): Promise<void> {
  const servers = Map.groupBy(changes, ({ target }) => `${target.accountId}/${target.serverId}`);
  await saveEdits(
    app,
    [...servers.values()].flatMap((group) => {
      const [first] = group;
      const values = group.flatMap((each) => overrideValues(each.target, each.values));
      return first === undefined ? [] : serverChanges(app, first.target, values, first.seen);
    }),
  );
}

/** Tells what has become of a write since its result was told. */
export async function tellLateOutcome(app: AppContext, lateOutcome: LateOutcome): Promise<void> {
  const { ref } = lateOutcome;
  const name = nameOf(app, ref);
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
        await applyAgain(app, ref, fields);
      }
    }
  }
}

async function applyAgain(app: AppContext, ref: Ref, fields: readonly Conflict[]): Promise<void> {
  const changes = fields.map(({ change, theirs }) => ({ ...change, from: theirs }));
  await saveAgain(app, [{ ref, changes }]);
}
