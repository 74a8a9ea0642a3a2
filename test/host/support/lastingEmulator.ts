import { join } from "node:path";
import { startTestEmulator, type TestEmulator } from "./emulator.ts";
import { keptFolder, leaveForNext, leftByLast } from "./kept.ts";

/**
 * The emulator of tests around a restart. It ends with the extension host. The next one of the same
 * profile has the same address, accounts, tokens and servers.
 */
export async function startLastingEmulator(): Promise<TestEmulator> {
  const [port = process.env["MCP_PORTALS_TEST_PORT"] ?? "0"] = await leftByLast("emulator-port");
  const emulator = await startTestEmulator(
    "--state",
    join(keptFolder(), "emulator.json"),
    "--port",
    port,
  );
  await leaveForNext("emulator-port", [new URL(emulator.url).port]);
  return emulator;
}
