import * as vscode from "vscode";
import { COMMANDS, type ServerAddress } from "../../contributions.ts";
import { type FailureKind, isApiError } from "../../model/client/failure.ts";
import type { Change } from "../../model/edits/edit.ts";
import { insisted } from "../../model/edits/editResult.ts";
import { findServer, isReadOnly } from "../../store/state.ts";
import { pickConflicts } from "../../ui/pickConflicts.ts";
import type { App } from "../app.ts";
import { serverName } from "../targets.ts";
import type { SaveOutcome } from "./saveJobs.ts";

/** Changes that know what was seen: what is tried again, insisted on or undone. */
export interface ServerChanges extends ServerAddress {
  readonly changes: readonly Change[];
}

/** How what wasn't saved is saved after all. */
export interface Again {
  /** What it was; of an undo "yours" is what was there before. */
  readonly as: "edit" | "undo";
  /** The same once more: what was seen first still counts. */
  retry(app: App, open: readonly SaveOutcome[]): Promise<void>;
  /** Over what is there now. */
  insist(app: App, changes: readonly ServerChanges[]): Promise<void>;
}

/** What a person can do about what wasn't saved. */
interface Way {
  readonly label: string;
  run(): Promise<unknown>;
}

/** @param stand offers the same again for what nobody has done anything about */
export function waysOut(
  app: App,
  open: readonly SaveOutcome[],
  again: Again,
  stand: (left: readonly SaveOutcome[]) => void,
): readonly Way[] {
  if (!open.some(isFailed)) return waysToDecide(app, open, again);
  const forbidden = open.find(({ result }) => isRefused(result.failure?.error, "forbidden"));
  if (forbidden !== undefined) {
    const row = { kind: "account", accountId: forbidden.accountId };
    return [
      {
        label: vscode.l10n.t("Sign In…"),
        async run() {
          await vscode.commands.executeCommand(COMMANDS.signIn, row);
          await retry(app, open, again, stand);
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
  return [{ label: vscode.l10n.t("Try Again"), run: () => retry(app, open, again, stand) }];
}

/** A proxy's 403 tells nothing of the credential, and a web page nothing of what was sent. */
function isRefused(error: unknown, kind: FailureKind): boolean {
  return isApiError(error) && error.reason === "refused" && error.kind === kind;
}

/** The same again would be refused again: what is wrong with it stands there, with a fix. */
function isInProblems(app: App, { accountId, serverId, result }: SaveOutcome): boolean {
  const refusals = findServer(app.store.state, accountId, serverId)?.refusals ?? [];
  return refusals.length > 0 && isRefused(result.failure?.error, "invalid");
}

export function isFailed({ result }: SaveOutcome): boolean {
  return result.failure !== undefined || result.notTaken.length > 0;
}

/** Nothing is lost while an account may only be read: there the offer stands. */
async function retry(
  app: App,
  open: readonly SaveOutcome[],
  again: Again,
  stand: (left: readonly SaveOutcome[]) => void,
): Promise<void> {
  const able = open.filter(({ accountId }) => !isReadOnly(app.store.state, accountId));
  const unable = open.filter((each) => !able.includes(each));
  if (unable.length > 0) stand(unable);
  if (able.length > 0) await again.retry(app, able);
}

function waysToDecide(app: App, open: readonly SaveOutcome[], again: Again): readonly Way[] {
  const count = open.reduce((sum, { result }) => sum + result.conflicts.length, 0);
  const useMine = again.as === "undo" ? vscode.l10n.t("Undo Anyway") : vscode.l10n.t("Use Mine");
  return [
    count === 1
      ? { label: useMine, run: () => again.insist(app, open.map(insist)) }
      : { label: vscode.l10n.t("Choose…"), run: () => saveChosen(app, open, again) },
    { label: vscode.l10n.t("Keep Theirs"), run: async () => undefined },
  ];
}

/** Conflicts keep what was seen first, so they come up again as what they are. */
export function tryAgain({ accountId, serverId, result }: SaveOutcome): ServerChanges {
  const disputed = result.conflicts.map(({ change }) => change);
  const changes = [...insisted({ ...result, conflicts: [] }), ...disputed];
  return { accountId, serverId, changes };
}

function insist({ accountId, serverId, result }: SaveOutcome): ServerChanges {
  return { accountId, serverId, changes: insisted(result) };
}

async function saveChosen(app: App, open: readonly SaveOutcome[], again: Again): Promise<void> {
  for (const { accountId, serverId, result } of open) {
    const mine = await pickConflicts(serverName(app, accountId, serverId), result.conflicts);
    const changes = (mine ?? []).map(({ change, theirs }) => ({ ...change, from: theirs }));
    await again.insist(app, [{ accountId, serverId, changes }]);
  }
}
