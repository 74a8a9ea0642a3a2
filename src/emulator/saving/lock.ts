import { randomBytes } from "node:crypto";
import { readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { uptime } from "node:os";
import { setTimeout as delay } from "node:timers/promises";

/** What this process holds: its number alone may be that of a dead one before it. */
const held = new Set<string>();

/**
 * Makes a file this process's own until it is released or the process is gone.
 * @param waitMs how long to wait for another emulator to let go, as after a window's reload
 * @returns what releases it
 */
export async function lock(path: string, waitMs: number): Promise<() => Promise<void>> {
  const giveUpAt = Date.now() + waitMs;
  const file = `${path}.lock`;
  const mark = `${process.pid} ${randomBytes(8).toString("hex")}`;
  held.add(mark);
  while (!(await take(file, mark))) {
    if (await removeLeftBehind(file)) {
      continue;
    }
    if (Date.now() >= giveUpAt) {
      held.delete(mark);
      throw new Error(`${path} belongs to another running emulator`);
    }
    await delay(50);
  }
  return async () => {
    held.delete(mark);
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

/** Of a process that was killed, or from before the machine started. */
async function removeLeftBehind(file: string): Promise<boolean> {
  try {
    const [mark, { mtimeMs }] = await Promise.all([readFile(file, "utf8"), stat(file)]);
    const isOlder = mtimeMs < Date.now() - uptime() * 1000;
    if (!isOlder && isHeld(mark, Date.now() - mtimeMs)) {
      return false;
    }
    // Another one may have done the same meanwhile: what is moved away has to be what was judged.
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

/** An empty mark is one that is being written, unless that takes too long. */
function isHeld(mark: string, age: number): boolean {
  if (mark === "") {
    return age < 1000;
  }
  const pid = Number(mark.split(" ")[0]);
  return pid === process.pid ? held.has(mark) : isAlive(pid);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
