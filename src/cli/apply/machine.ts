import { homedir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import type { AccountId } from "../../domain/account.ts";
import { fileNameOf } from "../../engine/files/fileNames.ts";
import { FileLocks } from "../../engine/files/locks.ts";
import type { Locks } from "../../engine/ports.ts";
import type { Environment } from "../environment.ts";

/** The locks by which all commands of this machine's user take turns on an account. */
export function locksOf(account: AccountId, environment: Environment): Locks {
  return new FileLocks(join(stateFolder(environment), "mcp-portals", fileNameOf(account), "locks"));
}

/** Where programs keep what is of no use on another machine. */
function stateFolder(environment: Environment): string {
  const own = environment["XDG_STATE_HOME"];
  if (own) {
    return own;
  }
  return process.platform === "win32"
    ? (environment["LOCALAPPDATA"] ?? join(homedir(), "AppData", "Local"))
    : join(homedir(), ".local", "state");
}
