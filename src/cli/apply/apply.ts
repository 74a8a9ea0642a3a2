import { join } from "node:path";
import * as l10n from "@vscode/l10n";
import { about, listed } from "../../base/text.ts";
import { LOCK_FILE } from "../../domain/files/filePaths.ts";
import { withoutPulled, withPulled } from "../../domain/files/pulled.ts";
import { writesIn } from "../../domain/plans/plan.ts";
import { emptyLock, type LockFile, lockText } from "../../domain/review/lockFile.ts";
import type { ExitStatus, Invocation } from "../command.ts";
import { CommandError } from "../failures.ts";
import {
  readFolder,
  readText,
  serversIn,
  type WorkFolder,
  writeWhole,
} from "../files/workFolder.ts";
import { planFolder } from "../plan/planFolder.ts";
import { planJson, tellPlan } from "../plan/tellPlan.ts";
import { type Applied, applyPlan } from "./applyPlan.ts";
import { credentialsOf } from "./credentials.ts";
import { locksOf } from "./machine.ts";

/** Brings an account to what the files say. */
export async function apply(call: Invocation): Promise<ExitStatus> {
  const [folder = "."] = call.args;
  const { output, environment, isJson } = call;
  const remote = call.account();
  const work = await readFolder(folder, remote.id);
  const credentials = call.flag("credentials")
    ? credentialsOf(work.files, environment, output)
    : new Map<string, string>();
  output.progress(l10n.t("Reading the account…"));
  const account = await remote.read(serversIn(work.files));
  const plan = planFolder(work, account, { prune: call.flag("prune"), force: call.flag("force") });
  if (isJson) {
    output.line(planJson(plan));
  } else {
    tellPlan(output, plan);
  }
  const count = writesIn(plan).length + credentials.size;
  if (count > 0 && !(await isConfirmed(call, count))) {
    output.error(l10n.t("Nothing was written."));
    return 1;
  }
  const applied = await applyPlan({
    plan,
    account,
    work,
    force: call.flag("force"),
    writer: { api: remote.api, locks: locksOf(remote.id, environment), credentials },
    signal: count > 0 ? call.interruption() : undefined,
    reread: () => remote.read(serversIn(work.files)),
    tell: (words) => (isJson ? undefined : output.line(words)),
    complain: (words) => output.error(words),
  });
  await keepPulled(folder, work.lock ?? emptyLock(remote.id), work, applied);
  return statusOf(call, applied);
}

async function isConfirmed(call: Invocation, count: number): Promise<boolean> {
  if (call.flag("yes")) {
    return true;
  }
  const question = count === 1 ? l10n.t("Write 1 change?") : l10n.t("Write {0} changes?", count);
  const answer = call.isJson ? undefined : await call.confirm(question);
  if (answer === undefined) {
    throw new CommandError(
      2,
      l10n.t(
        "Nothing was written: nobody can be asked here. Pass {0} to write without asking.",
        "--yes",
      ),
    );
  }
  return answer;
}

function statusOf({ output, isJson }: Invocation, applied: Applied): ExitStatus {
  const { written, notWritten, isInterrupted, broken, problems, open } = applied;
  if (isInterrupted || broken !== undefined) {
    output.error(
      about(
        isInterrupted ? l10n.t("Interrupted") : l10n.t("Given up"),
        l10n.t(
          "written were {0}; not written were {1}.",
          written.length === 0 ? l10n.t("none") : listed(written),
          notWritten.length === 0 ? l10n.t("none") : listed(notWritten),
        ),
      ),
    );
    return 2;
  }
  if (isJson) {
    output.line(JSON.stringify({ written, problems }));
  }
  return problems.length > 0 || open.size > 0 ? 1 : 0;
}

/**
 * Keeps what the account has now as the base of the next comparison. Where something is still open, the
 * old base stays: with the new one an open conflict would be no conflict any more.
 */
async function keepPulled(
  folder: string,
  lock: LockFile,
  { files }: WorkFolder,
  { account, open, deleted }: Applied,
): Promise<void> {
  const kept = files.filter(({ path }) => !open.has(path));
  const text = lockText(withoutPulled(withPulled(lock, account, kept), deleted));
  if (text !== (await readText(join(folder, LOCK_FILE)))) {
    await writeWhole(folder, LOCK_FILE, text);
  }
}
