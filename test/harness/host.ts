import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { runTests, TestRunFailedError } from "@vscode/test-electron";
import { buildExtension, bundleHostTests, HOST_OUT, HOST_RUNNER } from "./build.ts";
import { hostPlays, type Play } from "./hostPlays.ts";
import { hostTargets, type Target } from "./hostTargets.ts";
import { endAll } from "./lifetime.ts";
import { ROOT } from "./paths.ts";
import { makeFolder, writeSettings } from "./profile.ts";
import { makeTemporaryFolder } from "./temporary.ts";

interface Counts {
  readonly passed: number;
  readonly failed: number;
  /** All starts came to their end, and each ran something. */
  readonly complete: boolean;
}

const { values } = parseArgs({
  options: {
    grep: { type: "string" },
    only: { type: "string" },
    restart: { type: "string" },
  },
});
const results = join(HOST_OUT, "results.json");

try {
  await Promise.all([buildExtension(), bundleHostTests()]);
  const good: boolean[] = [];
  for await (const target of hostTargets(values.only)) {
    good.push(await run(target));
  }
  process.exitCode = good.length > 0 && good.every(Boolean) ? 0 : 1;
} finally {
  await endAll();
}

async function run(target: Target): Promise<boolean> {
  console.log(`\nhost (${target.name})`);
  const counts: Counts[] = [];
  for (const play of await hostPlays(values)) {
    counts.push(...(await runPlay(target, play)));
  }
  const { passed, failed, complete } = counts.reduce((sum, each) => ({
    passed: sum.passed + each.passed,
    failed: sum.failed + each.failed,
    complete: sum.complete && each.complete,
  }));
  if (!complete && target.edge) {
    console.log(`What VS Code said is in ${join(HOST_OUT, target.edge)}.log`);
  }
  const rest = complete ? "" : ", and not all were run";
  console.log(`host (${target.name}): ${passed} passed, ${failed} failed${rest}`);
  return complete && failed === 0;
}

/** In a profile of its own. What comes after a restart stands on what was before. */
async function runPlay(target: Target, play: Play): Promise<readonly Counts[]> {
  const profile = await makeTemporaryFolder("host");
  // The npm ones keep a person's settings with their server's data.
  await writeSettings(target.edge ? join(profile.path, "data", "data") : profile.path, {});
  const counts: Counts[] = [];
  for (const part of play) {
    const last = await runStart(target, part, profile.path);
    counts.push(last);
    if (!last.complete || last.failed > 0) {
      break;
    }
  }
  await profile.remove();
  return counts;
}

async function runStart(target: Target, part: string, profile: string): Promise<Counts> {
  await rm(results, { force: true });
  const ended = await runTests({
    ...(target.executable && { vscodeExecutablePath: target.executable }),
    extensionDevelopmentPath: ROOT,
    extensionTestsPath: HOST_RUNNER,
    launchArgs: [`--user-data-dir=${profile}`],
    extensionTestsEnv: {
      MCP_PORTALS_TEST_RESULTS: results,
      MCP_PORTALS_TEST_GREP: values.grep,
      MCP_PORTALS_TEST_PART: part,
      MCP_PORTALS_TEST_KEPT: await makeFolder(join(profile, "kept")),
      MCP_PORTALS_TEST_ROOT: ROOT,
      MCP_PORTALS_TEST_COLOR: process.stdout.isTTY ? "1" : undefined,
      ...(!target.edge && { MCP_PORTALS_TEST_DATA: profile }),
      ...(target.edge && { MCP_PORTALS_TEST_MARK: "\u2063" }),
    },
  }).then(
    () => true,
    (error: unknown) => {
      if (!(error instanceof TestRunFailedError)) {
        console.error(error);
      }
      return false;
    },
  );
  return readCounts(ended);
}

/** The suite writes its counts to a file: the terminal has the rest of VS Code's words between. */
async function readCounts(ended: boolean): Promise<Counts> {
  const text = await readFile(results, "utf8").catch(() => undefined);
  if (text === undefined) {
    return { passed: 0, failed: 0, complete: false };
  }
  const { passed, failed } = JSON.parse(text) as Omit<Counts, "complete">;
  return { passed, failed, complete: passed + failed > 0 && (ended || failed > 0) };
}
