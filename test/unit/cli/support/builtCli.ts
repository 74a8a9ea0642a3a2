import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";
import { cliOptions } from "../../../../esbuild.mjs";
import { ROOT } from "../../../harness/paths.ts";
import { makeTemporaryFolder } from "../../../harness/temporary.ts";

/** Builds the command line once for all tests of a process: as sources it starts in a second. */
class BuiltCli {
  #entry: Promise<string> | undefined;

  /** The path of the script to run. */
  entry(): Promise<string> {
    this.#entry ??= buildCli();
    return this.#entry;
  }
}

async function buildCli(): Promise<string> {
  const { path } = await makeTemporaryFolder("cli-built");
  const outdir = join(path, "dist");
  await build({ ...cliOptions(false), absWorkingDir: ROOT, outdir, logLevel: "silent" });
  await copyFile(join(ROOT, "package.json"), join(path, "package.json"));
  return join(outdir, "cli", "main.js");
}

export const BUILT_CLI = new BuiltCli();
