import { mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { GlobalKey } from "../../../src/emulator/identity.ts";
import { type Emulator, startEmulator } from "../../harness/emulator.ts";

/** Starts the emulator that the extension ships. `after(() => emulator.stop())` ends it. */
export function startTestEmulator(...args: string[]): Promise<Emulator> {
  const root = process.env["MCP_PORTALS_TEST_ROOT"];
  if (!root) {
    throw new Error("MCP_PORTALS_TEST_ROOT is missing: start the suite by its script.");
  }
  return startEmulator(join(root, "dist", "emulator.js"), args);
}

export interface WithGlobalKey {
  readonly emulator: Emulator;
  readonly globalKey: GlobalKey;
}

/** The same, with the Global API Key that it generated, which only its state file contains. */
export async function startWithGlobalKey(): Promise<WithGlobalKey> {
  const stateFile = join(await mkdtemp(join(tmpdir(), "mcp-portals-test-")), "state.json");
  const emulator = await startTestEmulator("--state", stateFile);
  const state = JSON.parse(await readFile(stateFile, "utf8")) as Pick<WithGlobalKey, "globalKey">;
  return { emulator, globalKey: state.globalKey };
}
