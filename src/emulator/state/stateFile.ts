import { randomBytes } from "node:crypto";
import { mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { uptime } from "node:os";
import { dirname } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import * as z from "zod";
import { tokenSchema } from "../identity.ts";
import {
  accessAppSchema,
  accessGroupSchema,
  dnsRecordSchema,
  serviceTokenSchema,
  zoneSchema,
} from "./access.ts";
import { portalRecordSchema, serverRecordSchema } from "./records.ts";

const stateSchema = z.object({
  version: z.literal(1),
  globalKey: z.object({ email: z.string(), key: z.string() }),
  tokens: z.array(tokenSchema),
  accounts: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      createdOn: z.string(),
      servers: z.array(serverRecordSchema),
      portals: z.array(portalRecordSchema),
      zones: z.array(zoneSchema).default([]),
      dnsRecords: z.array(dnsRecordSchema).default([]),
      apps: z.array(accessAppSchema).default([]),
      groups: z.array(accessGroupSchema).default([]),
      serviceTokens: z.array(serviceTokenSchema).default([]),
    }),
  ),
});
export type SavedState = z.infer<typeof stateSchema>;

/** The state to save, with a number that changes with every change of it. */
export interface Source {
  readonly version: () => number;
  readonly snapshot: () => unknown;
}

/** Why a state file can't be used. `code` says it to programs, as Node's codes do. */
export class StateFileError extends Error {
  override readonly name = "StateFileError";
  readonly code: "IN_USE" | "NOT_STATE";

  constructor(code: "IN_USE" | "NOT_STATE", message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** The file with an emulator's state. Only its owner can read it, because it holds credentials. */
export class StateFile {
  readonly #path: string;
  readonly #release: () => Promise<void>;
  #source: Source | undefined;
  #savedVersion = -1;
  #writing: Promise<void> | undefined;

  private constructor(path: string, release: () => Promise<void>) {
    this.#path = path;
    this.#release = release;
  }

  /** Rejects where another emulator holds the file. */
  static async open(path: string, waitMs: number): Promise<StateFile> {
    await mkdir(dirname(path), { recursive: true });
    return new StateFile(path, await lock(path, waitMs));
  }

  /** Undefined where there is no file yet. Rejects for a file that isn't a state file. */
  async load(): Promise<SavedState | undefined> {
    let text: string;
    try {
      text = await readFile(this.#path, "utf8");
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === "ENOENT") {
        return undefined;
      }
      throw error;
    }
    try {
      return stateSchema.parse(JSON.parse(text));
    } catch (cause) {
      const message = `${this.#path} is not a state file of this emulator`;
      throw new StateFileError("NOT_STATE", message, { cause });
    }
  }

  attach(source: Source): void {
    this.#source = source;
  }

  /** Resolves when all changes made before the call are in the file. */
  async saved(): Promise<void> {
    const wanted = this.#source?.version() ?? -1;
    while (this.#savedVersion < wanted) {
      this.#writing ??= this.#write().finally(() => {
        this.#writing = undefined;
      });
      await this.#writing;
    }
  }

  async close(): Promise<void> {
    await this.saved();
    await this.#release();
  }

  async #write(): Promise<void> {
    const source = this.#source;
    if (!source) {
      return;
    }
    const version = source.version();
    const next = `${this.#path}.next`;
    try {
      await writeFile(next, JSON.stringify(source.snapshot()), { mode: 0o600 });
      await rename(next, this.#path);
    } catch (error) {
      await rm(next, { force: true });
      throw error;
    }
    this.#savedVersion = version;
  }
}

/** Names this process. The process id alone isn't enough, because a dead process may have had it. */
const SELF = `${process.pid} ${performance.timeOrigin}`;

/**
 * Locks a file until it is released or this process ends.
 * @param waitMs milliseconds to wait for another emulator, for example after a window's reload
 * @returns a function that releases it
 */
export async function lock(path: string, waitMs: number): Promise<() => Promise<void>> {
  const giveUpAt = Date.now() + waitMs;
  const file = `${path}.lock`;
  const mark = `${SELF} ${randomBytes(8).toString("hex")}`;
  while (!(await take(file, mark))) {
    if (await removeLeftBehind(file)) {
      continue;
    }
    if (Date.now() >= giveUpAt) {
      throw new StateFileError("IN_USE", `${path} belongs to another running emulator`);
    }
    await delay(50);
  }
  return async () => {
    await rm(file, { force: true });
  };
}

async function take(file: string, mark: string): Promise<boolean> {
  try {
    await writeFile(file, mark, { flag: "wx", mode: 0o600 });
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") {
      return false;
    }
    throw error;
  }
}

/** Removes the lock of a process that was killed, or one from before the machine started. */
async function removeLeftBehind(file: string): Promise<boolean> {
  try {
    const [mark, { mtimeMs }] = await Promise.all([readFile(file, "utf8"), stat(file)]);
    const isOlder = mtimeMs < Date.now() - uptime() * 1000;
    if (!isOlder && isHeld(mark, Date.now() - mtimeMs)) {
      return false;
    }
    // Another process may have removed it and created its own. Removes only the lock that was
    // checked above.
    const aside = `${file}.${randomBytes(4).toString("hex")}`;
    await rename(file, aside);
    if ((await readFile(aside, "utf8")) === mark) {
      await rm(aside);
    } else {
      await rename(aside, file);
    }
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "ENOENT";
  }
}

/**
 * True for an empty lock file, which its owner is still writing, unless it stays empty for a
 * second.
 */
function isHeld(mark: string, age: number): boolean {
  if (mark === "") {
    return age < 1000;
  }
  const pid = Number(mark.split(" ")[0]);
  return pid === process.pid ? mark.startsWith(`${SELF} `) : isAlive(pid);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
