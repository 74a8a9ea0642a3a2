import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { ROOT } from "../../harness/paths.ts";

/** Runs `npm start` in its own process group, as a shell does in the foreground. */
export function startNpm(profile: string): ChildProcess {
  return spawn("npm", ["start", "--", "--port", "0", "--profile", profile], {
    cwd: ROOT,
    detached: true,
    stdio: ["ignore", "pipe", "inherit"],
  });
}

/** The address that it prints when it is ready. */
export async function readAddress(npm: ChildProcess): Promise<string> {
  assert.ok(npm.stdout);
  for await (const line of createInterface({ input: npm.stdout })) {
    const address = /http:\/\/127\.0\.0\.1:\d+\//.exec(line)?.[0];
    if (address) {
      return address;
    }
  }
  throw new Error("It ended without an address.");
}
