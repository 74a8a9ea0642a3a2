import { readFileSync } from "node:fs";
import process from "node:process";

/** The same path from the sources and from the package. */
const PACKAGE = new URL("../../package.json", import.meta.url);
const { version }: { readonly version: string } = JSON.parse(readFileSync(PACKAGE, "utf8"));
const args = process.argv.slice(2);

// A script asks for the version often. Nothing of the command line is loaded for it.
if (args.length === 1 && (args[0] === "--version" || args[0] === "-V")) {
  process.stdout.write(`${version}\n`);
} else {
  // On an older Node the commands wouldn't load.
  const { nodeProblem } = await import("./nodeVersion.ts");
  const problem = nodeProblem(process.versions.node);
  if (problem === undefined) {
    const { run } = await import("./run.ts");
    process.exitCode = await run(args, version);
  } else {
    process.stderr.write(`${problem}\n`);
    process.exitCode = 2;
  }
}
