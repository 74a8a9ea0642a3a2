import type { Bundles } from "./bundles.ts";
import type { Endpoint } from "./emulator.ts";
import { fresh } from "./fresh.ts";
import { compared, inTurn, type Result } from "./result.ts";

const rounds = 5;
const script = new URL("./contenders/remember.mjs", import.meta.url);

/** The most memory for the whole list, each time in a new process. */
export async function benchMemory(
  bundles: Bundles,
  { url, accountId, token }: Endpoint,
): Promise<readonly Result[]> {
  const endpoint = JSON.stringify({ url, accountId, token });
  const { ours, sdk } = await inTurn(rounds, {
    ours: () => fresh(script, bundles.listOurs, "listOurs", endpoint),
    sdk: () => fresh(script, bundles.listSdk, "listSdk", endpoint),
  });
  return [compared("peak memory of that list, MB: ours / SDK", ours, sdk, 1)];
}
