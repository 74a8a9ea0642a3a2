import { makeBundles } from "./bundles.ts";
import { benchChecks } from "./checks.ts";
import { benchCommandLine } from "./commandLine.ts";
import { benchCounting } from "./counting.ts";
import { benchDelivering } from "./delivering.ts";
import { LARGE, startEmulator } from "./emulator.ts";
import { benchListing } from "./listing.ts";
import { benchLoading } from "./loading.ts";
import { benchMemory } from "./memory.ts";
import { benchParsing } from "./parsing.ts";
import { benchPortals } from "./portals.ts";
import { benchRefreshing } from "./refreshing.ts";
import type { Result } from "./result.ts";
import { benchReviewing } from "./reviewing.ts";
import { benchSearching } from "./searching.ts";
import { benchStarting } from "./starting.ts";
import { benchSyncing } from "./syncing.ts";
import { benchWindow } from "./window.ts";

/** The length of the longest name. */
const WIDTH = 60;

const asJson = process.argv.includes("--json");

function print(results: readonly Result[]): void {
  for (const result of results) {
    console.log(asJson ? JSON.stringify(result) : row(result));
  }
}

function row({ name, ours, peer, ratio, target, holds }: Result): string {
  const figures = [ours.toFixed(1), peer.toFixed(1), ratio.toFixed(3), `≤ ${target}`];
  return `${name.padEnd(WIDTH)}${figures.map((text) => text.padStart(9)).join("")}  ${holds ? "holds" : "MISSED"}`;
}

if (!asJson) {
  const heads = ["ours", "peer", "ratio", "target"].map((text) => text.padStart(9)).join("");
  console.log(`${"".padEnd(WIDTH)}${heads}`);
}
const bundles = await makeBundles();
const emulator = await startEmulator(LARGE);
try {
  print(await benchListing(emulator));
  print(await benchParsing(emulator));
  print(await benchCommandLine(emulator));
  print(await benchMemory(bundles, emulator));
  print(await benchLoading(bundles));
  print(await benchStarting(bundles.emulator));
  print(await benchRefreshing());
  print(await benchPortals());
  print(await benchSyncing());
  print(await benchChecks());
  print(await benchReviewing());
  print(await benchDelivering());
  print(await benchCounting(bundles));
  print(await benchSearching());
  print(await benchWindow());
} finally {
  await emulator.stop();
  await bundles.remove();
}
