import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { ROOT } from "./paths.ts";

/**
 * Starts of VS Code with one profile, each named by the part of the tests that it runs. The second
 * of two is a restart.
 */
export type Phases = readonly string[];

/** All tests that need no restart. */
const SUITE = "suite";

const BEFORE = ".before.test.ts";

/**
 * The phases to run. With a grep that is only the suite, unless topics of test/host/restart are
 * named.
 */
export async function hostPhases(chosen: {
  readonly grep?: string | undefined;
  readonly restart?: string | undefined;
}): Promise<readonly Phases[]> {
  const { grep, restart } = chosen;
  if (restart === undefined && grep !== undefined) {
    return [[SUITE]];
  }
  const topics = (await topicsOfRestart()).filter((topic) => topic === (restart ?? topic));
  const restarts = topics.map((topic) => [`${topic}.before`, `${topic}.after`]);
  if (restart === undefined) {
    return [[SUITE], ...restarts];
  }
  if (restarts.length === 0) {
    throw new Error(`test/host/restart has no ${restart}${BEFORE}.`);
  }
  return restarts;
}

async function topicsOfRestart(): Promise<readonly string[]> {
  const names = await readdir(join(ROOT, "test", "host", "restart"));
  return names
    .filter((name) => name.endsWith(BEFORE))
    .map((name) => name.slice(0, -BEFORE.length))
    .sort();
}
