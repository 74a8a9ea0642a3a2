import { appendFile } from "node:fs/promises";
import type Mocha from "mocha";

/** The results of the tests of a tier, or of a part of one. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  /** True when every test ended and at least one was run. */
  readonly complete: boolean;
  readonly failures: readonly Failure[];
}

/** A test that failed, or a hook around one. */
export interface Failure {
  readonly title: string;
  /** What it failed with, and where. */
  readonly error: string;
}

/** Names the file in which `npm test` collects the counts of all tiers, one line of JSON each. */
const COLLECTED = "MCP_PORTALS_TEST_COUNTS";

export const NOTHING_RUN: Counts = { passed: 0, failed: 0, complete: false, failures: [] };

export const isGood = ({ failed, complete }: Counts): boolean => complete && failed === 0;

export function sumOf(all: readonly Counts[]): Counts {
  return {
    passed: all.reduce((sum, { passed }) => sum + passed, 0),
    failed: all.reduce((sum, { failed }) => sum + failed, 0),
    complete: all.length > 0 && all.every(({ complete }) => complete),
    failures: all.flatMap(({ failures }) => failures),
  };
}

/** Runs the tests that were loaded. */
export function runToEnd(mocha: Mocha): Promise<Counts> {
  return new Promise((resolve) => {
    const failures: Failure[] = [];
    const runner = mocha.run((failed) => {
      const passed = runner.stats?.passes ?? 0;
      const ran = passed + failed > 0;
      resolve(ran ? { passed, failed, complete: true, failures } : NOTHING_RUN);
    });
    runner.on("fail", (test, error: Error) => {
      failures.push({ title: test.fullTitle(), error: error.stack ?? error.message });
    });
  });
}

/** Gives "host (1.110.0): 402 passed, 0 failed". */
export function closingLine(name: string, counts: Counts): string {
  const rest = counts.complete ? "" : ", and not all were run";
  return `${name}: ${counts.passed} passed, ${counts.failed} failed${rest}`;
}

/** Gives each failure with its title, as the end of a long output repeats them. */
export function failureLines(failures: readonly Failure[]): string {
  return failures.map(({ title, error }) => `failed: ${title}\n${error}\n`).join("\n");
}

/**
 * Prints the closing line of a tier. Adds its counts to the file of the `npm test` that started it,
 * if any.
 */
export async function closeTier(name: string, counts: Counts): Promise<void> {
  console.log(closingLine(name, counts));
  const file = process.env[COLLECTED];
  if (file !== undefined) {
    const failures = counts.failures.map((each) => ({ ...each, title: `${name}, ${each.title}` }));
    await appendFile(file, `${JSON.stringify({ ...counts, failures })}\n`);
  }
}

/** The environment of a tier whose counts are collected in `file`. */
export const collectingIn = (file: string): NodeJS.ProcessEnv => ({
  ...process.env,
  [COLLECTED]: file,
});
