import process from "node:process";
import { nodeProblem } from "./nodeVersion.ts";

// Nothing else is imported before: on an older Node it wouldn't load, and the version needs none of it.
const problem = nodeProblem(process.versions.node);
if (problem === undefined) {
  const { run } = await import("./run.ts");
  process.exitCode = await run(process.argv.slice(2));
} else {
  process.stderr.write(`${problem}\n`);
  process.exitCode = 2;
}
