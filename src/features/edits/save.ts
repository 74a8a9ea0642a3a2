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
import { isChangeable, tellAccountReadOnly } from "../targets/index.ts";
import { completeStep } from "../walkthrough.ts";
import { nameOf, notifyUnsaved, type Recovery, tryAgain } from "./saveOutcome.ts";

/**
 * The changes that set these values on a server; none where the server is gone.
 * @param seen the server as the person saw it in a form; by default as it is on screen now
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

/** Passes one change set to the engine. */
type Write<T extends ChangeSet> = (session: Session, changeSet: T) => Promise<WriteResult>;

/** Gives writes one action id, so that they are undone together. */
export function asOneAction(): Write<ChangeSet> {
  const action = crypto.randomUUID();
  return (session, changeSet) => session.save(changeSet, { action });
}

/**
 * Saves all changes that a person makes. Leaves out read-only accounts, writes everything at once,
 * and shows progress where there are many. Doesn't report outcomes; `notifyUnsaved` does.
 * @returns no outcome for an account that is read-only or gone
 */
export async function save<T extends ChangeSet>(
  app: AppContext,
  changeSets: readonly T[],
  write: Write<T>,
): Promise<readonly SaveOutcome[]> {
  const jobs = changeSets.filter(({ ref }) => isChangeable(app, ref));
  const [first] = changeSets;
  if (first !== undefined && jobs.length === 0) {
    tellAccountReadOnly(app, first.ref);
  }
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

/** With fewer servers than this, saving ends before anybody could read a progress message. */
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
    // Each change set redraws the screen at once, so the loop yields from time to time.
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

/** Completes a step of the walkthrough if anything was saved. */
export function completeIfSaved(
  outcomes: readonly SaveOutcome[],
  milestone: Milestone = "edited",
): void {
  if (outcomes.some(({ result }) => result.saved.length > 0)) {
    completeStep(milestone);
  }
}

/**
 * Saves the changes of one action: one write for each server, and a message only for failures.
 * @param milestone the step of the walkthrough that this completes
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

/** Saves again what wasn't saved, as an edit or as an undo like the first time. */
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

/** An undo isn't a step that can be undone. */
const asUndo: Write<ChangeSet> = (session, changeSet) => session.save(changeSet, { isUndo: true });

/** New values for a tool or prompt. */
interface CapabilityValues {
  readonly target: CapabilityTarget;
  readonly values: OverrideValues;
}

/** What a person typed into a form for a tool or prompt. */
export interface CapabilityEdit extends CapabilityValues {
  /** The server as the person saw it while typing. */
  readonly seen: Server;
}

export async function saveCapabilityEdit(
  app: AppContext,
  { target, values, seen }: CapabilityEdit,
): Promise<void> {
  await saveEdits(app, serverChanges(app, target, overrideValues(target, values), seen));
}

/** Saves changes of tools and prompts with one change set for each server. */
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
      return first === undefined ? [] : serverChanges(app, first.target, values);
    }),
  );
}

/** Reports what became known of a write after its result was shown. */
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
