import * as l10n from "@vscode/l10n";
import {
  type AccountResources,
  portalFile,
  serverFile,
} from "../../domain/files/accountDocuments.ts";
import { type FileKind, filePath } from "../../domain/files/filePaths.ts";
import type { ResourceFile } from "../../domain/files/resourceFile.ts";
import type { DeleteAction, Plan } from "../../domain/plans/plan.ts";
import { planFiles, problemsInAccount } from "../../domain/plans/planFiles.ts";
import { CommandError } from "../failures.ts";
import { refuse, type WorkFolder } from "../files/workFolder.ts";

export interface PlanOptions {
  /** Deletes what has no file. */
  readonly prune: boolean;
  /** Writes over what somebody else has changed since the last pull. */
  readonly force: boolean;
}

/**
 * What brings the account to what the files say. Throws a CommandError that names every problem of the
 * files.
 */
export function planFolder(
  { files, lock }: WorkFolder,
  account: AccountResources,
  { prune, force }: PlanOptions,
): Plan {
  if (files.length === 0) {
    throw new CommandError(
      2,
      l10n.t(
        "There are no files of servers and portals in this folder. {0} writes them.",
        "mcp-portals pull",
      ),
    );
  }
  refuse(problemsInAccount(files, account));
  const planned = planFiles(files, account, { lock, force });
  return [...planned, ...(prune ? deletions(files, account) : [])];
}

/** Portals first, because a server that a portal has can't be deleted. */
function deletions(
  files: readonly ResourceFile[],
  account: AccountResources,
): readonly DeleteAction[] {
  const isThere = (kind: FileKind, id: string): boolean =>
    files.some((file) => file.kind === kind && file.id === id);
  const all = [
    ...[...account.portals.values()].map((portal) => ({
      kind: "portal" as const,
      id: portal.id,
      before: portalFile(portal, account).text,
    })),
    ...[...account.servers.values()].map((server) => ({
      kind: "server" as const,
      id: server.id,
      before: serverFile(server).text,
    })),
  ];
  return all
    .filter(({ kind, id }) => !isThere(kind, id))
    .map((each) => ({ ...each, action: "delete", path: filePath(each.kind, each.id), after: "" }));
}
