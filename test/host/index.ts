import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { format } from "node:util";
import Mocha from "mocha";
import { runToEnd } from "../harness/counts.ts";

/**
 * The entry point that VS Code loads to run the suite, in the VS Codes from npm and in desktop
 * ones. Throws when a test fails, and writes the counts to a file.
 */
export async function run(): Promise<void> {
  markConsole(process.env["MCP_PORTALS_TEST_MARK"]);
  const grep = process.env["MCP_PORTALS_TEST_GREP"];
  const mocha = new Mocha({
    ui: "bdd",
    reporter: "spec",
    color: process.env["MCP_PORTALS_TEST_COLOR"] !== undefined,
    timeout: 60_000,
    slow: 2000,
    forbidOnly: process.env["CI"] !== undefined,
    forbidPending: true,
    ...(grep && { grep }),
  });
  await load(mocha);
  const counts = await runToEnd(mocha);
  const results = process.env["MCP_PORTALS_TEST_RESULTS"];
  if (results) {
    await writeFile(results, JSON.stringify(counts));
  }
  if (counts.failed > 0) {
    throw new Error(`${counts.failed} failed`);
  }
}

/**
 * Does the same as `mocha.loadFilesAsync`, which tries `require` first. VS Code 1.110 answers an
 * import of "vscode" from another thread, and a `require` that waits for the answer never ends.
 */
async function load(mocha: Mocha): Promise<void> {
  const names = await readdir(import.meta.dirname, { recursive: true });
  for (const name of names.filter(isPartOfThisStart).sort()) {
    const file = join(import.meta.dirname, name);
    mocha.suite.emit("pre-require", globalThis, file, mocha);
    const module: unknown = await import(pathToFileURL(file).href);
    mocha.suite.emit("require", module, file, mocha);
    mocha.suite.emit("post-require", globalThis, file, mocha);
  }
}

/** Tests around a restart have their own starts. */
function isPartOfThisStart(name: string): boolean {
  const path = name.replaceAll("\\", "/");
  const part = process.env["MCP_PORTALS_TEST_PART"];
  if (part !== "suite") {
    return path === `restart/${part}.test.js`;
  }
  return path.endsWith(".test.js") && !path.startsWith("restart/");
}

/** Marks the suite's lines, which come between many others in a VS Code from npm. */
function markConsole(mark: string | undefined): void {
  if (!mark) {
    return;
  }
  const log = console.log.bind(console);
  const marked = (...args: unknown[]) => log(mark + format(...args));
  // Redefined, because VS Code ignores an assignment. It prints warnings of its own too.
  for (const name of ["log", "info"]) {
    Object.defineProperty(console, name, { value: marked });
  }
  // mocha has kept the console's original function since it was loaded.
  Mocha.reporters.Base.consoleLog = marked;
}
