import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";

export interface RunningProcess {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

const GRACE_MS = 5000;

/** All visible processes of this machine. */
export async function listProcesses(): Promise<RunningProcess[]> {
  if (existsSync("/proc/self/stat")) {
    return fromProc();
  }
  const run = promisify(execFile);
  const { stdout } = await run("ps", ["-axo", "pid=,ppid=,command="], { maxBuffer: 2 ** 25 });
  return stdout.split("\n").flatMap((line) => {
    const [, pid, parent, command] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    if (!command) {
      return [];
    }
    return [{ pid: Number(pid), parent: Number(parent), command }];
  });
}

/** Reads /proc, for Linux machines without `ps`. */
async function fromProc(): Promise<RunningProcess[]> {
  const names = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(names.map(readProcess));
  return found.filter((each) => each !== undefined);
}

async function readProcess(name: string): Promise<RunningProcess | undefined> {
  try {
    const [stat, command] = await Promise.all([
      readFile(`/proc/${name}/stat`, "utf8"),
      readFile(`/proc/${name}/cmdline`, "utf8"),
    ]);
    // The program's name is in brackets and may contain anything. State and parent follow it.
    const [state, parent] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    if (state === "Z") {
      return undefined;
    }
    return { pid: Number(name), parent: Number(parent), command: command.replaceAll("\0", " ") };
  } catch {
    return undefined;
  }
}

/** Ends every process with `text` on its command line, and waits until they are gone. */
export async function endProcessesNaming(text: string): Promise<void> {
  if (process.platform === "win32") {
    return;
  }
  const deadline = Date.now() + GRACE_MS;
  let signal: NodeJS.Signals = "SIGTERM";
  for (;;) {
    const found = (await listProcesses()).filter(({ command }) => command.includes(text));
    if (found.length === 0 || signal === "SIGKILL") {
      return;
    }
    if (Date.now() > deadline) {
      signal = "SIGKILL";
    }
    for (const { pid } of found) {
      kill(pid, signal);
    }
    await delay(100);
  }
}

function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It is gone already.
  }
}
