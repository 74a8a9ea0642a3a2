import * as vscode from "vscode";
import { type FailureKind, isApiError, isCancelled } from "../../domain/apiError.ts";
import type { ChangeSet, Ref } from "../../domain/changes/change.ts";
import { lostInWords, unsavedInWords } from "../../domain/changes/words.ts";
import {
  isSaved,
  NOTHING_DONE,
  rebasedOnRemote,
  type SaveOutcome,
} from "../../domain/changes/writeResult.ts";
import { isHeldBack } from "../../domain/diagnosis/apiErrors.ts";
import { PORTAL } from "../../domain/portals/portal.ts";
import { notifyError, notifyWarning } from "../../editor/notifications.ts";
import { findPortal, findServer } from "../../engine/state.ts";
import { COMMANDS } from "../../manifest.ts";
import type { AppContext } from "../app.ts";
import type { MessageAction } from "../errors.ts";
import { isChangeable, portalName, serverName } from "../targets/index.ts";
import { pickConflicts } from "./conflicts.ts";

/**
 * Reports in one message what wasn't saved, and offers actions that help. Doesn't wait for the
 * answer.
 * @returns false when there was nothing to report; cancelled and saved changes aren't reported
 */
export function notifyUnsaved(
  app: AppContext,
  outcomes: readonly SaveOutcome[],
  recovery: Recovery,
): boolean {
  const open = outcomes.filter(
    ({ result }) => !isSaved(result) && !isCancelled(result.failure?.error),
  );
  if (open.length === 0) {
    return false;
  }
  const sentences = open.flatMap((each) => outcomeInWords(app, each, recovery.as));
  for (const sentence of sentences) {
    app.log.error(sentence);
  }
  void offerRecovery(app, summary(sentences, open.length, outcomes), open, recovery);
  return true;
}

/** Sentences on the part of a change set that wasn't saved; none when all was saved. */
export function outcomeInWords(
  app: AppContext,
  { ref, result }: SaveOutcome,
  as: Recovery["as"] = "edit",
): readonly string[] {
  return unsavedInWords(nameOf(app, ref), result, as);
}

function summary(sentences: readonly string[], open: number, all: readonly SaveOutcome[]): string {
  return open === 1
    ? sentences.join(" ")
    : vscode.l10n.t(
        "{0} weren't saved in full. {1}",
        countedInWords(open, all),
        sentences.slice(0, 3).join(" "),
      );
}

/** Such as "2 of 3 servers". */
export function countedInWords(count: number, all: readonly { readonly ref: Ref }[]): string {
  const kinds = new Set(all.map(({ ref }) => ref.kind));
  if (!kinds.has(PORTAL)) {
    return vscode.l10n.t("{0} of {1} servers", count, all.length);
  }
  return kinds.size === 1
    ? vscode.l10n.t("{0} of {1} portals", count, all.length)
    : vscode.l10n.t("{0} of {1} servers and portals", count, all.length);
}

/** Tells once what writes removed beside their changes. The journal keeps it. */
export function notifyLost(app: AppContext, outcomes: readonly SaveOutcome[]): void {
  const sentences = outcomes.flatMap(({ ref, result: { lost = [] } }) =>
    lost.length === 0 ? [] : [lostInWords(nameOf(app, ref), lost)],
  );
  for (const sentence of sentences) {
    app.log.info(sentence);
  }
  if (sentences.length > 0) {
    void notifyWarning(sentences.join(" "));
  }
}

async function offerRecovery(
  app: AppContext,
  message: string,
  open: readonly SaveOutcome[],
  recovery: Recovery,
): Promise<void> {
  const actions = recoveryActions(
    app,
    open,
    recovery,
    (left) => void offerRecovery(app, message, left, recovery),
  );
  const notify = open.some(isFailed) ? notifyError : notifyWarning;
  const chosen = await notify(message, ...actions.map(({ label }) => label));
  await actions.find(({ label }) => label === chosen)?.run();
}

/** The name of a server or portal for messages, or its id where it is gone. */
export function nameOf(app: AppContext, { accountId, kind, id }: Ref): string {
  return kind === PORTAL
    ? portalName(app, { accountId, portalId: id })
    : serverName(app, accountId, id);
}

/** Ways to save what wasn't saved. */
export interface Recovery {
  /** The kind of action. In the words for an undo, "yours" is the value from before. */
  readonly as: "edit" | "undo";
  /** Tries the same again. The values that the person saw first still count for conflicts. */
  retry(open: readonly SaveOutcome[]): PromiseLike<unknown>;
  /** Saves over the values that are there now. */
  insist(changeSets: readonly ChangeSet[]): PromiseLike<unknown>;
}

/**
 * Actions for what wasn't saved.
 * @param offerAgain shows the message again, for the part that couldn't be tried
 */
function recoveryActions(
  app: AppContext,
  open: readonly SaveOutcome[],
  recovery: Recovery,
  offerAgain: (left: readonly SaveOutcome[]) => void,
): readonly MessageAction[] {
  if (!open.some(isFailed)) {
    return conflictActions(app, open, recovery);
  }
  const forbidden = open.find(({ result }) => isRefused(result.failure?.error, "forbidden"));
  if (forbidden !== undefined) {
    const row = { kind: "account", accountId: forbidden.ref.accountId };
    return [
      {
        label: vscode.l10n.t("Sign In…"),
        async run() {
          await vscode.commands.executeCommand(COMMANDS.signIn, row);
          await retry(app, open, recovery, offerAgain);
        },
      },
    ];
  }
  if (open.every((each) => isInProblems(app, each))) {
    return [
      {
        label: vscode.l10n.t("Show Problems"),
        run: async () => vscode.commands.executeCommand("workbench.actions.view.problems"),
      },
    ];
  }
  const heldBack = open.some(({ result }) => isHeldBack(result.failure?.error));
  return [app.reporter.retryAction(heldBack, () => retry(app, open, recovery, offerAgain))];
}

/** A proxy's 403 tells nothing about the credential, and a web page nothing about the request. */
function isRefused(error: unknown, kind: FailureKind): boolean {
  return isApiError(error) && error.reason === "refused" && error.kind === kind;
}

/**
 * True where trying again would be refused again. The Problems view then has the error, with a fix.
 */
function isInProblems(app: AppContext, { ref, result }: SaveOutcome): boolean {
  const { state } = app.store;
  const { accountId, kind, id } = ref;
  const resource =
    kind === PORTAL
      ? findPortal(state, { accountId, portalId: id })
      : findServer(state, accountId, id);
  const refusals = resource?.refusals ?? [];
  return refusals.length > 0 && isRefused(result.failure?.error, "invalid");
}

function isFailed({ result }: SaveOutcome): boolean {
  return result.failure !== undefined || result.ignored.length > 0;
}

/**
 * Tries again, except for read-only accounts. For those the offer is shown again, so nothing is
 * lost.
 */
async function retry(
  app: AppContext,
  open: readonly SaveOutcome[],
  recovery: Recovery,
  offerAgain: (left: readonly SaveOutcome[]) => void,
): Promise<void> {
  const able = open.filter(({ ref }) => isChangeable(app, ref));
  const unable = open.filter((each) => !able.includes(each));
  if (unable.length > 0) {
    offerAgain(unable);
  }
  if (able.length > 0) {
    await recovery.retry(able);
  }
}

function conflictActions(
  app: AppContext,
  open: readonly SaveOutcome[],
  recovery: Recovery,
): readonly MessageAction[] {
  const count = open.reduce((sum, { result }) => sum + result.conflicts.length, 0);
  const useMine = recovery.as === "undo" ? vscode.l10n.t("Undo Anyway") : vscode.l10n.t("Use Mine");
  return [
    count === 1
      ? { label: useMine, run: () => recovery.insist(open.map(overRemote)) }
      : { label: vscode.l10n.t("Choose…"), run: () => saveChosen(app, open, recovery) },
    { label: vscode.l10n.t("Keep Theirs"), run: async () => undefined },
  ];
}

/** Conflicts keep the `from` that the person saw first, so they are reported as conflicts again. */
export function tryAgain({ ref, result }: SaveOutcome): ChangeSet {
  const disputed = result.conflicts.map(({ change }) => change);
  const changes = [...rebasedOnRemote({ ...result, conflicts: [] }), ...disputed];
  return { ref, changes };
}

function overRemote({ ref, result }: SaveOutcome): ChangeSet {
  return { ref, changes: rebasedOnRemote(result) };
}

async function saveChosen(
  app: AppContext,
  open: readonly SaveOutcome[],
  recovery: Recovery,
): Promise<void> {
  for (const outcome of open) {
    const mine = await pickMine(app, outcome);
    if (mine !== undefined) {
      await recovery.insist([mine]);
    }
  }
}

/**
 * Asks about each conflict of a change set. Returns the changes to save over the current values.
 * Undefined when the list was dismissed.
 */
export async function pickMine(
  app: AppContext,
  { ref, result }: SaveOutcome,
): Promise<ChangeSet | undefined> {
  const mine = await pickConflicts(nameOf(app, ref), result.conflicts);
  return mine && { ref, changes: rebasedOnRemote({ ...NOTHING_DONE, conflicts: mine }) };
}
