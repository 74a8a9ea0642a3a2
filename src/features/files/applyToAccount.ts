import * as vscode from "vscode";
import type { AccountId } from "../../domain/account.ts";
import { problemsOfFiles, type ResourceFile } from "../../domain/files/resourceFile.ts";
import { conflictsIn, type Plan, writesIn } from "../../domain/plans/plan.ts";
import { planFiles, problemsInAccount } from "../../domain/plans/planFiles.ts";
import { conflictWords } from "../../domain/plans/planWords.ts";
import type { LockFile } from "../../domain/review/lockFile.ts";
import { flashStatus, notifyInformation, notifyWarning } from "../../editor/notifications.ts";
import { FileError, openFile, saveOpen } from "../../editor/textFiles.ts";
import { isReadOnly } from "../../engine/state.ts";
import type { CommandArguments } from "../../target.ts";
import type { AppContext } from "../app.ts";
import { type Choice, pick, tellAccountReadOnly } from "../targets/index.ts";
import { ApplyRun } from "./applyRun.ts";
import { confirmPlan } from "./confirmPlan.ts";
import { accountName, accountOf, askAccount, resourcesOf } from "./fileAccount.ts";
import { type FileAddress, fileAddress } from "./fileAddress.ts";
import { openFileDifference } from "./fileDifference.ts";
import { reportFileError } from "./fileErrors.ts";
import { readFile, readFolderLock } from "./workspaceFiles.ts";
import { findFiles } from "./workspaceFolder.ts";

/**
 * Brings the account to what files say: shows the plan as a diff, asks once, and writes once for each
 * server and portal. All updates are one step for undo.
 */
export async function applyToAccount(app: AppContext, args: CommandArguments): Promise<void> {
  const files = await filesToApply(args);
  for (const [, of] of Map.groupBy(files, ({ root }) => root.toString())) {
    await applyFolder(app, of);
  }
}

/** The file in front from the palette; where it isn't one, asks. */
async function filesToApply({ files }: CommandArguments): Promise<readonly FileAddress[]> {
  if (files !== undefined) {
    return files.flatMap((file) => fileAddress(vscode.Uri.parse(file)) ?? []);
  }
  const active = vscode.window.activeTextEditor?.document.uri;
  const inFront = active && fileAddress(active);
  if (inFront !== undefined) {
    return [inFront];
  }
  const choices = (await findFiles()).map(
    (target): Choice<FileAddress> => ({
      label: target.path,
      description: vscode.workspace.asRelativePath(target.root, true),
      target,
    }),
  );
  return pick(
    choices,
    vscode.l10n.t("Apply which files?"),
    true,
    vscode.l10n.t("No folder of this window has files of servers and portals."),
  );
}

/** @param files all of one folder */
async function applyFolder(app: AppContext, files: readonly FileAddress[]): Promise<void> {
  try {
    await planAndApply(app, files);
  } catch (error) {
    await reportFileError(app, vscode.l10n.t("Nothing was applied."), error, () =>
      applyFolder(app, files),
    );
  }
}

async function planAndApply(app: AppContext, files: readonly FileAddress[]): Promise<void> {
  const [first] = files;
  if (first === undefined) {
    return;
  }
  const lock = await readFolderLock(first.root);
  const title = vscode.l10n.t("Apply to which account?");
  const accountId = accountOf(app.store.state, lock) ?? (await askAccount(app, title));
  if (accountId === undefined) {
    return;
  }
  if (isReadOnly(app.store.state, accountId)) {
    tellAccountReadOnly(app, { accountId });
    return;
  }
  const read = await readSaved(files);
  // Compared with what the account has now, and not a minute ago.
  await app.sessions.get(accountId)?.refresh();
  const plan = planOf(app, accountId, read, lock);
  const writes = writesIn(plan);
  if (writes.length === 0) {
    tellNothing(app, accountId, files, plan);
    return;
  }
  if (!(await confirmPlan(writes, plan))) {
    return;
  }
  const run = new ApplyRun(app, { accountId, root: first.root, lock });
  const done = await run.apply(read, writes);
  tellConflicts(files, accountId, plan);
  if (done > 0) {
    flashStatus(
      done === 1
        ? vscode.l10n.t("Applied {0}", writes[0]?.path ?? "")
        : vscode.l10n.t("Applied {0} files", done),
    );
  }
}

/** What an editor has unsaved is saved first, so that the file says what was applied. */
async function readSaved(files: readonly FileAddress[]): Promise<readonly ResourceFile[]> {
  const read = await Promise.all(
    files.map(async (address) => {
      const open = openFile(address.uri);
      if (open?.isDirty === true) {
        await saveOpen(open);
      }
      return readFile(address);
    }),
  );
  return read.flatMap((file) => file ?? []);
}

/** Throws a FileError that names what is wrong with the files. */
function planOf(
  app: AppContext,
  accountId: AccountId,
  files: readonly ResourceFile[],
  lock: LockFile | undefined,
): Plan {
  const account = resourcesOf(app.store.state, accountId);
  if (account === undefined) {
    throw new FileError(
      vscode.l10n.t("What {0} has isn't known yet.", accountName(app, accountId)),
    );
  }
  const own = problemsOfFiles(files);
  const [problem, ...more] = own.length > 0 ? own : problemsInAccount(files, account);
  if (problem !== undefined) {
    throw new FileError(
      more.length === 0 ? problem : vscode.l10n.t("{0} And {1} more.", problem, more.length),
    );
  }
  return planFiles(files, account, { lock, force: false });
}

function tellNothing(
  app: AppContext,
  accountId: AccountId,
  files: readonly FileAddress[],
  plan: Plan,
): void {
  if (conflictsIn(plan) > 0) {
    tellConflicts(files, accountId, plan);
    return;
  }
  const name = accountName(app, accountId);
  void notifyInformation(
    files.length === 1
      ? vscode.l10n.t("{0} is as the file says.", name)
      : vscode.l10n.t("{0} is as the files say.", name),
  );
}

/** What the file and somebody else have changed stays, until somebody has looked at both. */
function tellConflicts(files: readonly FileAddress[], accountId: AccountId, plan: Plan): void {
  const words = plan.flatMap(conflictWords);
  const paths = new Set(plan.filter((each) => conflictsIn([each]) > 0).map(({ path }) => path));
  const [first] = files.filter(({ path }) => paths.has(path));
  if (first === undefined) {
    return;
  }
  const compare = vscode.l10n.t("Compare");
  void notifyWarning(words.join(" "), compare).then((chosen) =>
    chosen === compare ? openFileDifference(first.uri, accountId) : undefined,
  );
}
