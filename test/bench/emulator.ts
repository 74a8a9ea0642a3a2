import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** The address of the emulator, and a credential for it. */
export interface Endpoint {
  readonly url: string;
  readonly accountId: string;
  readonly token: string;
}

export interface RunningEmulator extends Endpoint {
  stop(): Promise<void>;
}

/** The account of the client's targets: 1,000 servers of 25 tools, 100 ms for a request. */
export const LARGE = ["--servers", "1000", "--tools", "25", "--latency", "100"];

/** A separate process, so that its work doesn't count as ours. */
export async function startEmulator(args: readonly string[]): Promise<RunningEmulator> {
  const script = fileURLToPath(new URL("../../src/emulator/main.ts", import.meta.url));
  const child = spawn(process.execPath, [script, "--port", "0", ...args], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  return { ...(await endpointOf(child)), stop: () => stop(child) };
}

async function endpointOf(child: ChildProcess): Promise<Endpoint> {
  if (child.stdout === null) {
    throw new Error("the emulator has no output");
  }
  for await (const line of createInterface(child.stdout)) {
    const { url, accountId, token } = JSON.parse(line) as Endpoint;
    child.stdout.resume();
    return { url, accountId, token };
  }
  throw new Error("the emulator ended before it listened");
}

async function stop(child: ChildProcess): Promise<void> {
  child.kill();
  await once(child, "exit");
}
