import type { DocumentProblem } from "../documents/problem.ts";
import { type AccountResources, resourceFileIn } from "../files/accountDocuments.ts";
import { FILE_KINDS } from "../files/filePaths.ts";
import { ownProblems, problemIn, type ResourceFile } from "../files/resourceFile.ts";
import type { LockFile } from "../review/lockFile.ts";
import type { CreateAction, UpdateAction } from "./plan.ts";
import { type PortalAround, planPortal, portalProblems } from "./planPortal.ts";
import { planServer, serverProblems } from "./planServer.ts";

interface PlanFilesOptions {
  readonly lock: LockFile | undefined;
  /** Writes over what somebody else has changed since the last pull. */
  readonly force: boolean;
}

/** What is wrong with files, as the account is. */
export function problemsInAccount(
  files: readonly ResourceFile[],
  account: AccountResources,
): readonly string[] {
  const around = aroundPortals(files, account);
  return changedFiles(files, account).flatMap((file) =>
    problemsAround(file, around).map((problem) => problemIn(file, problem)),
  );
}

/** All that keeps one file from being applied to the account by itself, with its places. */
export function mistakesInFile(
  file: ResourceFile,
  account: AccountResources,
): readonly DocumentProblem[] {
  const own = ownProblems(file);
  const told = new Set(file.content.problems);
  return [
    ...own,
    ...problemsAround(file, aroundPortals([file], account)).filter((each) => !told.has(each)),
  ];
}

function problemsAround(file: ResourceFile, around: PortalAround): readonly DocumentProblem[] {
  return file.kind === "server"
    ? serverProblems(file, around.account.servers.get(file.id))
    : portalProblems(file, around);
}

/**
 * What brings the account to what the files say, servers first. The files have to be without problems.
 */
export function planFiles(
  files: readonly ResourceFile[],
  account: AccountResources,
  { lock, force }: PlanFilesOptions,
): readonly (CreateAction | UpdateAction)[] {
  const around = aroundPortals(files, account);
  const planned = changedFiles(files, account).flatMap((file) => {
    const options = {
      pulled: lock?.pulled[file.kind].get(file.id),
      force,
      held: lock?.accepted.get(file.id)?.held ?? [],
    };
    const action =
      file.kind === "server"
        ? planServer(file, account.servers.get(file.id), options)
        : planPortal(file, around, options);
    return action ?? [];
  });
  return FILE_KINDS.flatMap((kind) => planned.filter((action) => action.kind === kind));
}

/** Leaves out files whose text is the account's own, which most files of a large account are. */
function changedFiles(
  files: readonly ResourceFile[],
  account: AccountResources,
): readonly ResourceFile[] {
  return files.filter(({ kind, id, text }) => resourceFileIn(account, kind, id)?.text !== text);
}

/** What the portals' files are looked at with. */
export function aroundPortals(
  files: readonly ResourceFile[],
  account: AccountResources,
): PortalAround {
  const planned = files
    .filter(({ kind, id }) => kind === "server" && !account.servers.has(id))
    .map(({ id }) => id);
  return { account, planned };
}
