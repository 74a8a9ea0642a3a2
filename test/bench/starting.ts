import { spawn } from "node:child_process";
import { once } from "node:events";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { compared, inTurn, type Result } from "./result.ts";

const ROUNDS = 7;
const REFERENCE = fileURLToPath(
  import.meta.resolve("@modelcontextprotocol/server-everything/dist/index.js"),
);

/**
 * The time from the command to the line with the address of the demo account, with its ten servers
 * synced. The peer is a single server, the reference server of MCP.
 * @param program the emulator as it ships, which "Open Demo" starts
 */
export async function benchStarting(program: string): Promise<readonly Result[]> {
  const { ours, reference } = await inTurn(ROUNDS, {
    ours: () => start([program, "--port", "0"], /"url"/),
    reference: () => start([REFERENCE, "streamableHttp"], /listening on port/),
  });
  return [compared("start the demo, ms: ours / server-everything", ours, reference, 1.75)];
}

/** Milliseconds until a program says that it listens. */
async function start(args: readonly string[], listens: RegExp): Promise<number> {
  const began = performance.now();
  const child = spawn(process.execPath, args, {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, PORT: "0" },
  });
  const exited = once(child, "exit");
  await Promise.race([said(child.stdout, listens), said(child.stderr, listens), exited]);
  const took = performance.now() - began;
  if (child.exitCode !== null) {
    throw new Error(`${args.join(" ")} ended with ${child.exitCode}`);
  }
  child.kill();
  await exited;
  return took;
}

function said(output: Readable, text: RegExp): Promise<void> {
  return new Promise((resolve) => {
    let all = "";
    output.on("data", (chunk: Buffer) => {
      all += chunk.toString();
      if (text.test(all)) {
        resolve();
      }
    });
  });
}
