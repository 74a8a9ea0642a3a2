import { appendFile } from "node:fs/promises";

/** The results of the tests of a tier, or of a part of one. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  /** True when every test ended and at least one was run. */
  readonly complete: boolean;
}

/** Names the file in which `npm test` collects the counts of all tiers, one line of JSON each. */
const COLLECTED = "MCP_PORTALS_TEST_COUNTS";

export const NOTHING_RUN: Counts = { passed: 0, failed: 0, complete: false };

export const isGood = ({ failed, complete }: Counts): boolean => complete && failed === 0;

export function sumOf(all: readonly Counts[]): Counts {
  return {
    passed: all.reduce((sum, { passed }) => sum + passed, 0),
    failed: all.reduce((sum, { failed }) => sum + failed, 0),
    complete: all.length > 0 && all.every(({ complete }) => complete),
  };
}

/** Gives "host (1.110.0): 402 passed, 0 failed". */
export function closingLine(name: string, counts: Counts): string {
  const rest = counts.complete ? "" : ", and not all were run";
  return `${name}: ${counts.passed} passed, ${counts.failed} failed${rest}`;
}

/**
 * Prints the closing line of a tier. Adds its counts to the file of the `npm test` that started it,
 * if any.
 */
export async function closeTier(name: string, counts: Counts): Promise<void> {
  console.log(closingLine(name, counts));
  const file = process.env[COLLECTED];
  if (file !== undefined) {
    await appendFile(file, `${JSON.stringify(counts)}\n`);
  }
}

/** The environment of a tier whose counts are collected in `file`. */
export const collectingIn = (file: string): NodeJS.ProcessEnv => ({
  ...process.env,
  [COLLECTED]: file,
});
