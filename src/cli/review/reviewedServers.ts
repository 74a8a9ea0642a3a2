import { join } from "node:path";
import * as l10n from "@vscode/l10n";
import { LOCK_FILE } from "../../domain/files/filePaths.ts";
import { type AcceptedServer, type LockFile, lockText } from "../../domain/review/lockFile.ts";
import type { Server } from "../../domain/servers/server.ts";
import type { Invocation } from "../command.ts";
import { CommandError } from "../failures.ts";
import { readLockFile, readText, writeWhole } from "../files/workFolder.ts";
import type { RemoteAccount } from "../remoteAccount.ts";

/** The servers that a command names, and the lock file that they are compared with. */
export interface ReviewedServers {
  readonly folder: string;
  readonly remote: RemoteAccount;
  readonly lock: LockFile;
  readonly servers: readonly Server[];
}

/**
 * Reads the lock file of `--dir` and the servers that the arguments name; all without an argument.
 * Rejects with a CommandError where there is no lock file, or no such server.
 */
export async function readServers(call: Invocation): Promise<ReviewedServers> {
  const folder = call.text("dir") ?? ".";
  const remote = call.account();
  const lock = await readLockFile(folder, remote.id);
  if (lock === undefined) {
    throw new CommandError(
      2,
      l10n.t("There is no {0} here to compare with. {1} writes it.", LOCK_FILE, "mcp-portals pull"),
    );
  }
  call.output.progress(l10n.t("Reading the account…"));
  const { servers } = await remote.read();
  const missing = call.args.filter((id) => !servers.has(id));
  if (missing[0] !== undefined) {
    throw new CommandError(2, l10n.t("The account has no server {0}.", missing[0]));
  }
  const wanted = new Set(call.args);
  return {
    folder,
    remote,
    lock,
    servers: [...servers.values()].filter(({ id }) => wanted.size === 0 || wanted.has(id)),
  };
}

/** Writes the lock file with these servers in it, where that changes anything. */
export async function keepAccepted(
  folder: string,
  lock: LockFile,
  changed: ReadonlyMap<string, AcceptedServer>,
): Promise<void> {
  const text = lockText({ ...lock, accepted: new Map([...lock.accepted, ...changed]) });
  if (text !== (await readText(join(folder, LOCK_FILE)))) {
    await writeWhole(folder, LOCK_FILE, text);
  }
}
