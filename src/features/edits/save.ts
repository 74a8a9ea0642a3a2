import * as vscode from "vscode";
import { TimeSlicer } from "../../base/async.ts";
import type { OverrideValues } from "../../domain/catalogue/overrides.ts";
import {
  type ChangeSet,
  type Conflict,
  changesFrom,
  type FieldValue,
  type Ref,
} from "../../domain/changes/change.ts";
import { arrivedInWords, overwrittenInWords } from "../../domain/changes/words.ts";
import type { SaveOutcome, WriteResult } from "../../domain/changes/writeResult.ts";
import { overrideValues, SERVER_FIELDS } from "../../domain/servers/fields.ts";
import type { Server } from "../../domain/servers/server.ts";
import { serverRef } from "../../domain/servers/serverKind.ts";
import { notifyInformation, notifyWarning, showProgress } from "../../editor/notifications.ts";
import type { LateOutcome } from "../../engine/edits/writeMonitor.ts";
import type { Session } from "../../engine/session.ts";
import { findServer } from "../../engine/state.ts";
import type { CapabilityTarget, Milestone, ServerAddress } from "../../manifest.ts";
import type { AppContext } from "../app.ts";
import { changeable } from "../targets/index.ts";
import { complete } from "../walkthrough.ts";
import { nameOf, notifyUnsaved, type Recovery, tryAgain } from "./saveOutcome.ts";

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

/** Hands one change set to the engine. */
type Write<T extends ChangeSet> = (session: Session, changeSet: T) => Promise<WriteResult>;

/** Writes that are one action: one step to undo. */
export function asOneAction(): Write<ChangeSet> {
  const action = crypto.randomUUID();
  return (session, changeSet) => session.save(changeSet, { action });
}

/**
 * The way that every change of a person takes: read-only accounts are left out, all are written at
 * once, and under a progress where they are many. Tells nothing of the outcomes: notifyUnsaved does.
 * @returns no outcome for an account that is read-only or has gone
 */
export async function save<T extends ChangeSet>(
  app: AppContext,
  changeSets: readonly T[],
  write: Write<T>,
): Promise<readonly SaveOutcome[]> {
  const all = changeSets.map((changeSet) => ({ accountId: changeSet.ref.accountId, changeSet }));
  const jobs = changeable(app, all).map(({ changeSet }) => changeSet);
  if (jobs.length < MANY) {
    return saveEach(app, jobs, write, () => undefined);
  }
  return showProgress(vscode.l10n.t("Saving changes"), (report) => {
    let done = 0;
    return saveEach(app, jobs, write, () => {
      done += 1;
      report(vscode.l10n.t("{0} of {1} servers", done, jobs.length), 100 / jobs.length);
    });
  });
}

/** With fewer servers than this, saving is over before a progress could be read. */
const MANY = 4;

async function saveEach<T extends ChangeSet>(
  app: AppContext,
  changeSets: readonly T[],
  write: Write<T>,
  ended: () => void,
): Promise<readonly SaveOutcome[]> {
  const outcomes: Promise<readonly SaveOutcome[]>[] = [];
  const slicer = new TimeSlicer();
  for (const changeSet of changeSets) {
    outcomes.push(saveOne(app, changeSet, write).finally(ended));
    // Each is shown at once, and the screen is made anew for it.
    if (slicer.isOver) {
      await slicer.next();
    }
  }
  return (await Promise.all(outcomes)).flat();
}

async function saveOne<T extends ChangeSet>(
  app: AppContext,
  changeSet: T,
  write: Write<T>,
): Promise<readonly SaveOutcome[]> {
  const { ref } = changeSet;
  const session = app.sessions.get(ref.accountId);
  return session === undefined ? [] : [{ ref, result: await write(session, changeSet) }];
}

/** Ticks off a step of the walkthrough if anything was saved. */
export function completeIfSaved(
  outcomes: readonly SaveOutcome[],
  milestone: Milestone = "edited",
): void {
  if (outcomes.some(({ result }) => result.saved.length > 0)) {
    complete(milestone);
  }
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
  const outcomes = await save(app, changeSets, asOneAction());
  completeIfSaved(outcomes, milestone);
  notifyUnsaved(app, outcomes, recoverBySaving(app, "edit"));
}

/** Saves what wasn't saved once more, as the same kind of step. */
export function recoverBySaving(app: AppContext, as: Recovery["as"]): Recovery {
  const again = (changeSets: readonly ChangeSet[]) => saveAgain(app, changeSets, as);
  return { as, retry: (open) => again(open.map(tryAgain)), insist: again };
}

async function saveAgain(
  app: AppContext,
  changeSets: readonly ChangeSet[],
  as: Recovery["as"],
): Promise<void> {
  const outcomes = await save(app, changeSets, as === "undo" ? asUndo : asOneAction());
  notifyUnsaved(app, outcomes, recoverBySaving(app, as));
}

/** An undo isn't itself a step to be undone. */
const asUndo: Write<ChangeSet> = (session, changeSet) => session.save(changeSet, { isUndo: true });

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
  await saveAgain(app, [{ ref, changes }], "edit");
}
