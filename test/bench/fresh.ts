import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** The number that a script of `subjects/` prints in a process of its own. */
export async function fresh(script: string, ...args: readonly string[]): Promise<number> {
  const path = new URL(`subjects/${script}`, import.meta.url).pathname;
  const { stdout } = await promisify(execFile)(process.execPath, [path, ...args]);
  const value = Number(stdout);
  if (stdout === "" || Number.isNaN(value)) {
    throw new Error(`${script} ${args.join(" ")} printed "${stdout}"`);
  }
  return value;
}
