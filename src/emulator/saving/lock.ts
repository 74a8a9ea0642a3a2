import { open, readFile, rm, stat } from "node:fs/promises";
import { uptime } from "node:os";
import { setTimeout as delay } from "node:timers/promises";

/**
 * Makes a file this process's own until it is released or the process is gone.
 * @param waitMs how long to wait for another emulator to let go, as after a window's reload
 * @returns what releases it
 */
export async function lock(path: string, waitMs: number): Promise<() => Promise<void>> {
  const giveUpAt = Date.now() + waitMs;
  const file = `${path}.lock`;
  while (!(await take(file))) {
    if (Date.now() >= giveUpAt) throw new Error(`${path} belongs to another running emulator`);
    await delay(50);
  }
  return () => rm(file, { force: true });
}

async function take(file: string): Promise<boolean> {
  try {
    const handle = await open(file, "wx", 0o600);
    await handle.writeFile(String(process.pid));
    await handle.close();
    return true;
  } catch (error) {
    if (!(error instanceof Error) || !("code" in error) || error.code !== "EEXIST") throw error;
  }
  if (!(await isLeftBehind(file))) return false;
  await rm(file, { force: true });
  return false;
}

/** By a process that was killed, or by one from before the machine started. */
async function isLeftBehind(file: string): Promise<boolean> {
  try {
    const [text, { mtimeMs }] = await Promise.all([readFile(file, "utf8"), stat(file)]);
    if (mtimeMs < Date.now() - uptime() * 1000) return true;
    // Another one that has created the file and hasn't written its number yet.
    if (text === "") return Date.now() - mtimeMs > 1000;
    return !isAlive(Number(text));
  } catch {
    return false;
  }
}

/** This process's own number counts too: one process may run several emulators. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
