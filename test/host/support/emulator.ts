import { join } from "node:path";
import { type Emulator, startEmulator } from "../../harness/emulator.ts";

/** The emulator that the extension would ship. `after(() => emulator.stop())` ends it. */
export function startTestEmulator(...args: string[]): Promise<Emulator> {
  const root = process.env["MCP_PORTALS_TEST_ROOT"];
  if (!root) throw new Error("MCP_PORTALS_TEST_ROOT is missing: start the suite by its script.");
  return startEmulator(join(root, "dist", "emulator.js"), args);
}
