import { listFloor } from "./contenders/floor.ts";
import { listOurs } from "./contenders/ours.ts";
import { listSdk } from "./contenders/sdk.ts";
import type { Endpoint } from "./emulator.ts";
import { compared, inTurn, type Result } from "./result.ts";

const rounds = 7;

/** The time to fetch the whole list. A first round that doesn't count warms up all three. */
export async function benchListing(endpoint: Endpoint): Promise<readonly Result[]> {
  const runs = {
    ours: () => timed(() => listOurs(endpoint)),
    sdk: () => timed(() => listSdk(endpoint)),
    floor: () => timed(() => listFloor(endpoint)),
  };
  await inTurn(1, runs);
  const { ours, sdk, floor } = await inTurn(rounds, runs);
  return [
    compared("list 1,000 servers of 25 tools, ms: ours / SDK", ours, sdk, 0.28),
    compared("list 1,000 servers of 25 tools, ms: ours / raw undici", ours, floor, 1.15),
  ];
}

async function timed(list: () => Promise<readonly unknown[]>): Promise<number> {
  const startedAt = performance.now();
  const { length } = await list();
  if (length !== 1000) {
    throw new Error(`${length} servers instead of 1,000`);
  }
  return performance.now() - startedAt;
}
