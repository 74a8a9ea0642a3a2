import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { format } from "node:util";
import Mocha from "mocha";

/**
 * What VS Code loads to run the suite, the one from npm and the desktop one alike. It throws when
 * a test fails, and leaves the counts in a file.
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
 * What `mocha.loadFilesAsync` does, save that it tries `require` first. VS Code 1.110 answers an
 * import of "vscode" from another thread, and a `require` that waits for that waits for ever.
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

/** What stands around a restart has a start of its own. */
function isPartOfThisStart(name: string): boolean {
  const path = name.replaceAll("\\", "/");
  const part = process.env["MCP_PORTALS_TEST_PART"];
  if (part !== "suite") {
    return path === `restart/${part}.test.js`;
  }
  return path.endsWith(".test.js") && !path.startsWith("restart/");
}

interface Counts {
  readonly passed: number;
  readonly failed: number;
}

function runToEnd(mocha: Mocha): Promise<Counts> {
  return new Promise((resolve) => {
    const runner = mocha.run((failed) => resolve({ passed: runner.stats?.passes ?? 0, failed }));
  });
}

/** In the npm VS Code the suite's lines come between many others: the mark tells them apart. */
function markConsole(mark: string | undefined): void {
  if (!mark) {
    return;
  }
  const log = console.log.bind(console);
  const marked = (...args: unknown[]) => log(mark + format(...args));
  // Redefined, because VS Code swallows a plain assignment. It warns of troubles of its own.
  for (const name of ["log", "info"]) {
    Object.defineProperty(console, name, { value: marked });
  }
  // mocha kept the console's own function when it was loaded.
  Mocha.reporters.Base.consoleLog = marked;
}
