import { chmod, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { runTests, TestRunFailedError } from "@vscode/test-electron";
import { buildExtension, bundleHostTests, HOST_OUT, HOST_RUNNER } from "./build.ts";
import { fetchCode } from "./fetchCode.ts";
import { ROOT } from "./paths.ts";
import { CODE_VERSIONS, type Edge } from "./versions.ts";

/** A VS Code to run the suite in; without a path test-electron downloads one. */
interface Target {
  readonly name: string;
  readonly executable?: string;
  /** Which of the npm ones it is. */
  readonly edge?: Edge;
}

const { values } = parseArgs({
  options: { grep: { type: "string" }, only: { type: "string" } },
});
const results = join(HOST_OUT, "results.json");

await Promise.all([buildExtension(), bundleHostTests()]);
const good: boolean[] = [];
for await (const target of targets()) good.push(await run(target));
process.exitCode = good.length > 0 && good.every(Boolean) ? 0 : 1;

async function* targets(): AsyncGenerator<Target> {
  const executable = process.env["VSCODE_EXECUTABLE"];
  if (executable) return yield { name: executable, executable };
  if (process.env["VSCODE_DESKTOP"] || process.platform === "win32") {
    return yield { name: "desktop" };
  }
  for (const edge of edges()) {
    yield { name: CODE_VERSIONS[edge].vscode, edge, executable: await writeLauncher(edge) };
  }
}

function edges(): Edge[] {
  const all: Edge[] = ["floor", "latest"];
  const chosen = all.filter((edge) => values.only === undefined || edge === values.only);
  if (chosen.length === 0) throw new Error("--only is floor or latest.");
  return chosen;
}

/**
 * test-electron starts an executable: this one is a line of shell that knows which VS Code is
 * meant, and hands over to hostLauncher.ts.
 */
async function writeLauncher(edge: Edge): Promise<string> {
  await fetchCode(CODE_VERSIONS[edge]);
  const file = join(HOST_OUT, `code-${edge}`);
  const script = join(import.meta.dirname, "hostLauncher.ts");
  await mkdir(HOST_OUT, { recursive: true });
  await writeFile(file, `#!/bin/sh\nexec "${process.execPath}" "${script}" ${edge} "$@"\n`);
  await chmod(file, 0o755);
  return file;
}

async function run(target: Target): Promise<boolean> {
  console.log(`\nhost (${target.name})`);
  await rm(results, { force: true });
  const finished = await runTests({
    ...(target.executable && { vscodeExecutablePath: target.executable }),
    extensionDevelopmentPath: ROOT,
    extensionTestsPath: HOST_RUNNER,
    extensionTestsEnv: {
      MCP_PORTALS_TEST_RESULTS: results,
      MCP_PORTALS_TEST_GREP: values.grep,
      MCP_PORTALS_TEST_ROOT: ROOT,
      MCP_PORTALS_TEST_COLOR: process.stdout.isTTY ? "1" : undefined,
      // The npm ones have a folder of their own; test-electron uses this one.
      ...(!target.edge && { MCP_PORTALS_TEST_DATA: resolve(".vscode-test", "user-data") }),
      ...(target.edge && { MCP_PORTALS_TEST_MARK: "\u2063" }),
    },
  }).then(
    () => true,
    (error: unknown) => {
      if (!(error instanceof TestRunFailedError)) console.error(error);
      return false;
    },
  );
  return report(target, finished);
}

/** The suite writes its counts to a file: the terminal has the rest of VS Code's words between. */
async function report(target: Target, finished: boolean): Promise<boolean> {
  const text = await readFile(results, "utf8").catch(() => undefined);
  if (text === undefined) {
    if (target.edge) console.log(`What VS Code said is in ${join(HOST_OUT, target.edge)}.log`);
    console.log(`host (${target.name}): didn't finish`);
    return false;
  }
  const { passed, failed } = JSON.parse(text) as { passed: number; failed: number };
  console.log(`host (${target.name}): ${passed} passed, ${failed} failed`);
  return finished && failed === 0 && passed > 0;
}
