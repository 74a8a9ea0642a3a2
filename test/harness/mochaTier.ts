import { globSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import Mocha from "mocha";
import { type Counts, runToEnd } from "./counts.ts";
import { ROOT } from "./paths.ts";

export interface MochaTier {
  /** Folders whose `*.test.ts` are run, at any depth, relative to the root. */
  readonly folders: readonly string[];
  /** The number of processes that share the files. With one, they run in this process. */
  readonly jobs: number;
  readonly timeout: number;
  readonly slow?: number;
  readonly grep: string | undefined;
  /** The path of a module whose `mochaHooks` run around every test, in each process. */
  readonly hooks?: string;
}

/**
 * Runs all test files of some folders. Each process takes the next file when it is free. The output
 * of a file is printed when the file has ended. Refuses `it.only` and skipped tests.
 */
export async function runMocha(tier: MochaTier): Promise<Counts> {
  const mocha = new Mocha({
    reporter: "spec",
    timeout: tier.timeout,
    forbidOnly: true,
    forbidPending: true,
    parallel: tier.jobs > 1,
    jobs: tier.jobs,
    ...(tier.slow !== undefined && { slow: tier.slow }),
    ...(tier.grep !== undefined && { grep: tier.grep }),
    ...(tier.hooks !== undefined && { require: [tier.hooks] }),
  });
  const patterns = tier.folders.map((folder) => `${folder}/**/*.test.ts`);
  for (const name of globSync(patterns, { cwd: ROOT }).sort()) {
    mocha.addFile(join(ROOT, name));
  }
  if (tier.jobs === 1) {
    await loadHere(mocha, tier.hooks);
  }
  return runToEnd(mocha);
}

/** Loads the files into this process, as the processes of a parallel run do by themselves. */
async function loadHere(mocha: Mocha, hooks: string | undefined): Promise<void> {
  if (hooks !== undefined) {
    const { mochaHooks } = (await import(pathToFileURL(hooks).href)) as {
      mochaHooks: Mocha.RootHookObject;
    };
    mocha.rootHooks(mochaHooks);
  }
  await mocha.loadFilesAsync();
}
