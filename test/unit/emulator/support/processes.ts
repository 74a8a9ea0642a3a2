import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import { listenOn } from "../../../../src/emulator/upstreams/host.ts";

const running: ChildProcess[] = [];

/** Starts a program that runs until `endPrograms`. Resolves with its first line that matches. */
export async function startProgram(
  args: readonly string[],
  ready: RegExp,
  env: Readonly<Record<string, string>> = {},
): Promise<RegExpExecArray> {
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  running.push(child);
  const { promise, resolve, reject } = Promise.withResolvers<RegExpExecArray>();
  let text = "";
  const read = (chunk: unknown) => {
    text += String(chunk);
    const match = ready.exec(text);
    if (match) {
      resolve(match);
    }
  };
  child.stdout?.on("data", read);
  child.stderr?.on("data", read);
  child.once("exit", () => reject(new Error(`${args.join(" ")} ended:\n${text}`)));
  return await promise;
}

export async function endPrograms(): Promise<void> {
  await Promise.all(
    running.splice(0).map(async (child) => {
      if (child.exitCode !== null || child.signalCode !== null) {
        return;
      }
      const ended = once(child, "exit");
      child.kill("SIGKILL");
      await ended;
    }),
  );
}

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end. */
export async function runProgram(args: readonly string[]): Promise<Ended> {
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk) => {
    stdout += String(chunk);
  });
  child.stderr.on("data", (chunk) => {
    stderr += String(chunk);
  });
  const [code]: unknown[] = await once(child, "close");
  assert(code === null || typeof code === "number");
  return { code, stdout, stderr };
}

/** A free port, for programs that can't choose one themselves. */
export async function freePort(): Promise<number> {
  const probe = createServer();
  const port = await listenOn(probe, 0);
  probe.close();
  await once(probe, "close");
  return port;
}
