import { spawn } from "node:child_process";
import { once } from "node:events";
import type { Emulator } from "../../../../src/emulator/start.ts";
import { BUILT_CLI } from "./builtCli.ts";

/** How a command ended. */
export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  /** Variables beside PATH and HOME; none of this process's own. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly folder?: string;
  /** The script to run; by default one that is built from the sources. */
  readonly entry?: string;
  /** For the standard input, which is no terminal. */
  readonly input?: string;
  /** Sent once the standard output has this text. */
  readonly interruptAt?: string;
}

/** Runs the command line as a process of its own. */
export async function runCli(args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const { environment = {}, folder, input = "", interruptAt } = options;
  const entry = options.entry ?? (await BUILT_CLI.entry());
  const child = spawn(process.execPath, [entry, ...args], {
    ...(folder === undefined ? {} : { cwd: folder }),
    env: { PATH: process.env["PATH"], HOME: process.env["HOME"], ...environment },
    stdio: "pipe",
  });
  let stdout = "";
  let stderr = "";
  let isInterrupted = false;
  child.stdout.on("data", (chunk) => {
    stdout += String(chunk);
    if (interruptAt !== undefined && !isInterrupted && stdout.includes(interruptAt)) {
      isInterrupted = true;
      child.kill("SIGINT");
    }
  });
  child.stderr.on("data", (chunk) => {
    stderr += String(chunk);
  });
  child.stdin.end(input);
  await once(child, "close");
  return { status: child.exitCode, stdout, stderr };
}

/** The variables and options by which a command reaches an emulator. */
export function environmentOf({ token, accountId }: Emulator): Readonly<Record<string, string>> {
  return { CLOUDFLARE_API_TOKEN: token, CLOUDFLARE_ACCOUNT_ID: accountId };
}
