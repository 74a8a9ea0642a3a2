import type { Bundles } from "./bundles.ts";
import { fresh } from "./fresh.ts";
import { compared, inTurn, type Result } from "./result.ts";

const rounds = 11;
const script = new URL("./contenders/load.mjs", import.meta.url);

/** The time to load, each time in a new process. */
export async function benchLoading(bundles: Bundles): Promise<readonly Result[]> {
  const { activation, installed, client, sdk } = await inTurn(rounds, {
    activation: () => fresh(script, "import", bundles.activation),
    installed: () => fresh(script, "require", "cloudflare"),
    client: () => fresh(script, "import", bundles.client),
    sdk: () => fresh(script, "import", bundles.sdk),
  });
  return [
    compared('cold load, ms: activation / require("cloudflare")', activation, installed, 0.25),
    compared("cold load, ms: client with undici / SDK bundled", client, sdk, 1.5),
  ];
}
