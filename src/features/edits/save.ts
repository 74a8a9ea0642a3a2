import * as vscode from "vscode";
import { TimeSlicer } from "../../base/async.ts";
import type { OverrideValues } from "../../domain/catalogue/overrides.ts";
import {
  type ChangeSet,
  type Conflict,
  changesFrom,
  type FieldValue,
  type Ref,
  refId,
} from "../../domain/changes/change.ts";
import { arrivedInWords, overwrittenInWords, removedInWords } from "../../domain/changes/words.ts";
import type { SaveOutcome, WriteResult } from "../../domain/changes/writeResult.ts";
import { isOffOnServer } from "../../domain/portals/exposure.ts";
import { mappedOverrideValues, PORTAL_FIELDS } from "../../domain/portals/fields.ts";
import type { Portal } from "../../domain/portals/portal.ts";
import { portalKind, portalRef } from "../../domain/portals/portalKind.ts";
import { overrideValues, SERVER_FIELDS } from "../../domain/servers/fields.ts";
import type { Server } from "../../domain/servers/server.ts";
import { serverRef } from "../../domain/servers/serverKind.ts";
import { notifyInformation, notifyWarning } from "../../editor/notifications.ts";
import type { LateOutcome } from "../../engine/edits/writeMonitor.ts";
import type { Session } from "../../engine/session.ts";
import { findPortal, findServer } from "../../engine/state.ts";
import type { Milestone } from "../../manifest.ts";
import type {
  LayeredTarget,
  MappedCapabilityTarget,
  PortalAddress,
  ServerAddress,
} from "../../target.ts";
import type { AppContext } from "../app.ts";
import {
  type FoundCapability,
  findCapability,
  isChangeable,
  onServer,
  tellAccountReadOnly,
} from "../targets/index.ts";
import { completeStep } from "../walkthrough.ts";
import { countedProgress } from "./countedProgress.ts";
import { nameOf, notifyLost, notifyUnsaved, type Recovery, tryAgain } from "./saveOutcome.ts";

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

/**
 * The changes that set these values on a portal; none where the portal is gone.
 * @param seen the portal as the person saw it in a form; by default as it is on screen now
 */
export function portalChanges(
  app: AppContext,
  { accountId, portalId }: PortalAddress,
  values: readonly FieldValue[],
  seen: Portal | undefined = findPortal(app.store.state, { accountId, portalId })?.optimistic,
): readonly ChangeSet[] {
  const changes = seen === undefined ? [] : changesFrom(PORTAL_FIELDS, seen, values);
  return changes.length === 0 ? [] : [{ ref: portalRef(accountId, portalId), changes }];
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
 * and shows progress where there are many. Tells what the writes lost, but not what they didn't
 * save; `notifyUnsaved` does.
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
  const outcomes = await countedProgress(vscode.l10n.t("Saving changes"), jobs, ({ ended }) =>
    saveEach(app, jobs, write, ended),
  );
  notifyLost(app, outcomes);
  return outcomes;
}

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

/** New values for a tool or prompt, on the layer that the row is about. */
export interface CapabilityValues {
  readonly target: LayeredTarget;
  readonly values: OverrideValues;
}

/** What a person typed into a form for a tool or prompt. */
export interface CapabilityEdit {
  /** As the person saw it while typing. */
  readonly of: FoundCapability;
  readonly values: OverrideValues;
}

export async function saveCapabilityEdit(app: AppContext, edit: CapabilityEdit): Promise<void> {
  await saveEdits(app, joined([capabilityChanges(edit)]));
}

/** Saves changes of tools and prompts with one change set for each server and portal. */
export async function saveCapabilities(
  app: AppContext,
  changes: readonly CapabilityValues[],
): Promise<void> {
  const { able, blocked, gone } = planCapabilities(app, changes);
  await saveEdits(app, able);
  notifyGone(gone);
  if (blocked.length > 0) {
    await offerOnServer(app, blocked);
  }
}

interface CapabilityPlan {
  /** One for each server and portal. */
  readonly able: readonly ChangeSet[];
  /** What a portal can't turn on, because the server has it off. */
  readonly blocked: readonly FoundCapability[];
  /** The names of what is no longer in its portal. */
  readonly gone: readonly string[];
}

/** What would be saved of these changes. Asks and tells nothing. */
export function planCapabilities(
  app: AppContext,
  changes: readonly CapabilityValues[],
): CapabilityPlan {
  const able: ChangeSet[] = [];
  const blocked: FoundCapability[] = [];
  const gone: string[] = [];
  for (const { target, values } of changes) {
    const of = findCapability(app, target);
    if (of === undefined && target.portalId !== undefined) {
      // A portal would refuse the whole write for it.
      gone.push(target.name);
    } else if (of === undefined) {
      // A server takes overrides of what a sync has just removed.
      able.push(...serverChanges(app, target, overrideValues(target, values)));
    } else if (values.enabled === true && of.layer === "portal" && isOffOnServer(of.shown)) {
      blocked.push(of);
    } else {
      able.push(capabilityChanges({ of, values }));
    }
  }
  return { able: joined(able), blocked, gone };
}

function notifyGone(names: readonly string[]): void {
  const [name] = names;
  if (name !== undefined) {
    void notifyWarning(
      names.length === 1
        ? vscode.l10n.t("{0} is no longer in its portal, so it stays as it is.", name)
        : vscode.l10n.t("{0} tools and prompts are no longer in their portals.", names.length),
    );
  }
}

/** One change set for each resource. */
function joined(changeSets: readonly ChangeSet[]): readonly ChangeSet[] {
  const groups = Map.groupBy(changeSets, ({ ref }) => `${ref.accountId}/${refId(ref)}`);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    const all = group.flatMap(({ changes }) => changes);
    return first === undefined || all.length === 0 ? [] : [{ ref: first.ref, changes: all }];
  });
}

/** The changes on the layer that the row is about. */
function capabilityChanges({ of, values }: CapabilityEdit): ChangeSet {
  if (of.layer === "portal") {
    const { accountId, portalId, serverId } = of.target;
    const fields = mappedOverrideValues(serverId, of.target, values);
    return {
      ref: portalRef(accountId, portalId),
      changes: changesFrom(PORTAL_FIELDS, of.portal, fields),
    };
  }
  const { accountId, serverId } = of.target;
  return {
    ref: serverRef(accountId, serverId),
    changes: changesFrom(SERVER_FIELDS, of.server, overrideValues(of.target, values)),
  };
}

async function offerOnServer(app: AppContext, blocked: readonly FoundCapability[]): Promise<void> {
  const [first, second] = blocked;
  if (first === undefined) {
    return;
  }
  const enableThere = vscode.l10n.t("Enable on the Server");
  const chosen = await notifyWarning(
    second === undefined
      ? vscode.l10n.t("{0} is disabled on the server, and so in every portal.", first.shown.label)
      : vscode.l10n.t(
          "{0} tools and prompts are disabled on their servers, and so in every portal.",
          blocked.length,
        ),
    enableThere,
  );
  if (chosen === enableThere) {
    await enableOnServer(
      app,
      blocked.map(({ target }) => target),
    );
  }
}

/**
 * A portal answers that what its server has off is off, and doesn't say whether it has it off itself.
 * So it is asked once the server has it on.
 */
async function enableOnServer(app: AppContext, targets: readonly LayeredTarget[]): Promise<void> {
  await saveCapabilities(
    app,
    targets.map((target) => ({ target: onServer(target), values: { enabled: true } })),
  );
  const mapped = targets.filter((target) => target.portalId !== undefined);
  const portals = new Map(mapped.map((each) => [`${each.accountId}/${each.portalId}`, each]));
  await Promise.all([...portals.values()].map((target) => readAgain(app, target)));
  const off = mapped.filter((target) => findCapability(app, target)?.shown.enabled === false);
  await saveCapabilities(
    app,
    off.map((target) => ({ target, values: { enabled: true } })),
  );
}

async function readAgain(
  app: AppContext,
  { accountId, portalId }: MappedCapabilityTarget,
): Promise<void> {
  const operations = app.sessions.get(accountId)?.operations(portalKind);
  // Where it can't be read, the write after it says so.
  await operations?.reread(portalId).catch(() => undefined);
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
    case "removed": {
      const message = removedInWords(name, lateOutcome.changes);
      app.log.info(message);
      void notifyWarning(message);
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
