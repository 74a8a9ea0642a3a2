import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import type { Emulator } from "../../harness/emulator.ts";
import { startTestEmulator } from "./emulator.ts";

/**
 * The emulator of tests around a restart. It ends with the extension host; the next one of the same
 * profile stands at the same address and goes on with the same accounts, tokens and servers.
 */
export async function startLastingEmulator(): Promise<Emulator> {
  const folder = process.env["MCP_PORTALS_TEST_KEPT"];
  if (!folder) throw new Error("MCP_PORTALS_TEST_KEPT is missing: start the suite by its script.");
  const note = join(folder, "emulator-port");
  const port = await readFile(note, "utf8").catch(() => "0");
  const emulator = await startTestEmulator(
    "--state",
    join(folder, "emulator.json"),
    "--port",
    port,
  );
  await writeFile(note, new URL(emulator.url).port);
  return emulator;
}
