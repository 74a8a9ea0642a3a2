import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { mapConcurrent, type Voice } from "./concurrent.ts";
import { type Counts, closingLine, collectingIn, failureLines, isGood, sumOf } from "./counts.ts";
import { endAll } from "./lifetime.ts";
import { npmCommand } from "./npm.ts";
import { OUT, ROOT } from "./paths.ts";
import { startTree } from "./processes.ts";
import { makeFolder } from "./profile.ts";

/**
 * `npm test`: everything. A finding of the compiler or the linter ends it before any test is run. A
 * tier that fails doesn't stop the next. The last lines repeat what failed, and count all tests.
 */
const CHECKS = ["lint", "types"] as const;

/** One after another, because each uses the whole machine by itself. */
const TIERS = ["unit.ts", "host.ts", "workbench.ts"] as const;

try {
  process.exitCode = (await runAll()) ? 0 : 1;
} finally {
  await endAll();
}

async function runAll(): Promise<boolean> {
  const checked = await timed("lint and types", async () => {
    const all = await mapConcurrent(CHECKS, CHECKS.length, check);
    return all.every(Boolean);
  });
  if (!checked) {
    console.log("Lint or types failed, and no test was run.");
    return false;
  }
  const collected = join(await makeFolder(OUT), "counts.jsonl");
  await rm(collected, { force: true });
  const good: boolean[] = [];
  for (const tier of TIERS) {
    const script = join(import.meta.dirname, tier);
    good.push(await timed(tier, () => runTier(script, collected)));
  }
  const counts = sumOf(await readCollected(collected));
  console.log(failureLines(counts.failures));
  console.log(closingLine("all", counts));
  return good.every(Boolean) && isGood(counts);
}

async function timed(name: string, work: () => Promise<boolean>): Promise<boolean> {
  const start = performance.now();
  const good = await work();
  const seconds = Math.round((performance.now() - start) / 1000);
  console.log(`${name}: ${good ? "good" : "failed"} after ${seconds} s\n`);
  return good;
}

/** Runs a script of package.json. */
async function check(script: (typeof CHECKS)[number], voice: Voice): Promise<boolean> {
  const [command, ...first] = npmCommand();
  const tree = startTree(command, [...first, "run", script], {
    cwd: ROOT,
    stdio: ["ignore", "pipe", "pipe"],
    shell: command === "npm.cmd",
  });
  for (const output of [tree.child.stdout, tree.child.stderr]) {
    output?.on("data", (chunk: Buffer) => voice.stream.write(chunk));
  }
  const exit = await tree.ended;
  await tree.stop();
  return exit === 0;
}

async function runTier(script: string, collected: string): Promise<boolean> {
  const tree = startTree(process.execPath, [script], {
    cwd: ROOT,
    stdio: "inherit",
    env: collectingIn(collected),
  });
  const exit = await tree.ended;
  await tree.stop();
  return exit === 0;
}

async function readCollected(file: string): Promise<readonly Counts[]> {
  const text = await readFile(file, "utf8").catch(() => "");
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Counts);
}
