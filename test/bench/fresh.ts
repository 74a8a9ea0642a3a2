import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

/** Runs a script in a new process. Returns the number that it prints. */
export async function fresh(script: URL | string, ...args: readonly string[]): Promise<number> {
  const file = typeof script === "string" ? script : fileURLToPath(script);
  const { stdout } = await promisify(execFile)(process.execPath, [file, ...args]);
  const value = Number(stdout);
  if (stdout === "" || Number.isNaN(value)) {
    throw new Error(`${file} ${args.join(" ")} printed "${stdout}"`);
  }
  return value;
}
