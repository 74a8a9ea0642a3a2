import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { inspect, parseArgs } from "node:util";
import { runTests, TestRunFailedError } from "@vscode/test-electron";
import { buildHostTier, HOST_EXTENSION, HOST_OUT, HOST_RUNNER } from "./build.ts";
import { mapConcurrent, type Voice, windowsAtOnce } from "./concurrent.ts";
import { type Counts, closeTier, closingLine, isGood, NOTHING_RUN, sumOf } from "./counts.ts";
import { hostPhases, type Phases } from "./hostPhases.ts";
import { hostTargets, type Target } from "./hostTargets.ts";
import { endAll } from "./lifetime.ts";
import { findLastingPort } from "./ports.ts";
import { keepCompiled } from "./processes.ts";
import { makeFolder, writeSettings } from "./profile.ts";
import { makeTemporaryFolder } from "./temporary.ts";
import type { Edge } from "./versions.ts";

/** `npm run test:host`: the tests inside VS Code, in all supported versions, side by side. */
const { values } = parseArgs({
  options: {
    grep: { type: "string" },
    only: { type: "string" },
    restart: { type: "string" },
    jobs: { type: "string" },
  },
});

interface Run {
  readonly target: Target;
  readonly phases: Phases;
}

interface Result {
  readonly target: Target;
  readonly counts: Counts;
}

/** With one for each, the cores rest for a tenth of the time: 640 s instead of 598 s on two. */
const WINDOWS_PER_CORE = 1.5;

/**
 * In a browser VS Code has auto save on. Under load it saves a restored document before it knows
 * that its language turns auto save off.
 */
const SETTINGS = { "files.autoSave": "off" };

keepCompiled();
try {
  await buildHostTier();
  const targets = await hostTargets(values.only);
  const allPhases = await hostPhases(values);
  // The longest run first, so that the short ones fill the time at the end.
  const runs = allPhases.flatMap((phases) => targets.map((target): Run => ({ target, phases })));
  const results = await mapConcurrent(runs, windowsAtOnce(values.jobs, WINDOWS_PER_CORE), run);
  process.exitCode = 0;
  for (const target of targets) {
    const counts = sumOf(results.filter((each) => each.target === target).map(countsOf));
    await closeTier(`host (${target.name})`, counts);
    if (!isGood(counts)) {
      process.exitCode = 1;
    }
  }
} finally {
  await endAll();
}

function countsOf({ counts }: Result): Counts {
  return counts;
}

/** Runs the phases in one temporary profile. A phase after a restart depends on the one before. */
async function run({ target, phases }: Run, voice: Voice): Promise<Result> {
  const profile = await makeTemporaryFolder("host");
  // The VS Codes from npm keep a person's settings in their server's data.
  await writeSettings(target.edge ? join(profile.path, "data", "data") : profile.path, SETTINGS);
  const port = phases.length > 1 ? await findLastingPort() : undefined;
  const counts: Counts[] = [];
  for (const part of phases) {
    const name = `host (${target.name}), ${part}`;
    voice.say(`\n${name}`);
    const last = await runStart({ target, part, profile: profile.path, port }, voice);
    counts.push(last);
    voice.say(closingLine(name, last));
    if (!last.complete && target.edge) {
      voice.say(`What VS Code said is in ${logOf(target.edge, part)}`);
    }
    if (!isGood(last)) {
      break;
    }
  }
  await profile.remove();
  const sum = sumOf(counts);
  return { target, counts: { ...sum, complete: sum.complete && counts.length === phases.length } };
}

interface Start {
  readonly target: Target;
  readonly part: string;
  readonly profile: string;
  /** The port of the emulator that is used before and after a restart. */
  readonly port: number | undefined;
}

async function runStart({ target, part, profile, port }: Start, voice: Voice): Promise<Counts> {
  const results = join(profile, "results.json");
  await rm(results, { force: true });
  const ended = await runTests({
    ...(target.executable && { vscodeExecutablePath: target.executable }),
    extensionDevelopmentPath: HOST_EXTENSION,
    extensionTestsPath: HOST_RUNNER,
    launchArgs: [`--user-data-dir=${profile}`],
    stdout: voice.stream,
    stderr: voice.stream,
    extensionTestsEnv: {
      MCP_PORTALS_TEST_RESULTS: results,
      MCP_PORTALS_TEST_GREP: values.grep,
      MCP_PORTALS_TEST_PART: part,
      MCP_PORTALS_TEST_KEPT: await makeFolder(join(profile, "kept")),
      MCP_PORTALS_TEST_PORT: port?.toString(),
      MCP_PORTALS_TEST_ROOT: HOST_EXTENSION,
      MCP_PORTALS_TEST_COLOR: process.stdout.isTTY ? "1" : undefined,
      ...(!target.edge && { MCP_PORTALS_TEST_DATA: profile }),
      ...(target.edge && {
        MCP_PORTALS_TEST_MARK: "\u2063",
        MCP_PORTALS_TEST_LOG: logOf(target.edge, part),
      }),
    },
  }).then(
    () => true,
    (error: unknown) => {
      if (!(error instanceof TestRunFailedError)) {
        voice.say(inspect(error));
      }
      return false;
    },
  );
  return readCounts(results, ended);
}

/**
 * The log of a VS Code from npm. Each start has its own file, because others run at the same time.
 */
function logOf(edge: Edge, part: string): string {
  return join(HOST_OUT, `${edge}.${part}.log`);
}

/**
 * The counts that the suite wrote to a file, because the terminal also has VS Code's own output.
 */
async function readCounts(results: string, ended: boolean): Promise<Counts> {
  const text = await readFile(results, "utf8").catch(() => undefined);
  if (text === undefined) {
    return NOTHING_RUN;
  }
  const counts = JSON.parse(text) as Counts;
  return { ...counts, complete: counts.complete && (ended || counts.failed > 0) };
}
