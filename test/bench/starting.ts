import { startEmulator } from "./emulator.ts";
import { compared, inTurn, type Result } from "./result.ts";

const ROUNDS = 5;
const LIMIT_MS = 1000;

/** From the command to the line that says where the demo account listens. */
export async function benchStarting(): Promise<readonly Result[]> {
  const { ours } = await inTurn(ROUNDS, { ours: startDemo });
  return [compared("start the emulator with the demo account, ms / limit", ours, LIMIT_MS, 1)];
}

async function startDemo(): Promise<number> {
  const began = performance.now();
  const emulator = await startEmulator([]);
  const took = performance.now() - began;
  await emulator.stop();
  return took;
}
