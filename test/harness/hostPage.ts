import type { WriteStream } from "node:fs";
import { format } from "node:util";
import type { Page } from "playwright-core";
import { launchChromiumIn } from "./chromium.ts";
import { prepareCodePages } from "./codePages.ts";
import type { CodeServer } from "./codeServer.ts";

export interface Suite {
  readonly workspace: string;
  /** The folder of the browser's storage, which includes secrets and global state of the window. */
  readonly browser: string;
  readonly extensionDevelopmentPath: string;
  readonly extensionTestsPath: string;
  /** Receives VS Code's own output, which is long. */
  readonly log: WriteStream;
}

/** The prefix of the runner's lines, which tells them from VS Code's. */
const SUITE_MARK = process.env["MCP_PORTALS_TEST_MARK"] ?? "";

/**
 * Nobody looks at the page. Small and without animations it takes 49 s of the processor's time
 * where it took 98 s, in a run of 45 tests.
 */
const SMALL = { width: 640, height: 480 };

/**
 * Milliseconds without output after which a suite counts as hanging. Each test has a shorter limit.
 */
const SILENCE_LIMIT_MS = 120_000;

/** Opens the workbench in Chromium, which starts the suite, and waits for the result. */
export async function runInBrowser(server: CodeServer, suite: Suite): Promise<number> {
  const browser = await launchChromiumIn(suite.browser);
  await prepareCodePages(browser);
  const page = await browser.newPage();
  await page.setViewportSize(SMALL);
  const verdict = Promise.withResolvers<number>();
  const silent = setTimeout(
    () => verdict.reject(new Error("The suite fell silent.")),
    SILENCE_LIMIT_MS,
  );
  await page.exposeFunction("codeAutomationLog", (type: string, args: unknown[]) => {
    const text = format(...args);
    if (!text.startsWith(SUITE_MARK)) {
      return void suite.log.write(`[${type}] ${text}\n`);
    }
    silent.refresh();
    process.stdout.write(`${text.slice(SUITE_MARK.length)}\n`);
  });
  await page.exposeFunction("codeAutomationExit", (code: number) => verdict.resolve(code));
  page.once("crash", () => verdict.reject(new Error("The page crashed.")));
  page.once("close", () => verdict.reject(new Error("The page was closed.")));
  void server.tree.ended.then(() => verdict.reject(new Error("VS Code's server ended.")));
  await open(page, server, suite);
  try {
    const exit = await verdict.promise;
    await page.waitForFunction(mayClose);
    return exit;
  } finally {
    clearTimeout(silent);
    await browser.close();
  }
}

/**
 * Runs in the page. False while the window has something to store, such as an extension's global
 * state or the text of a dirty editor.
 */
function mayClose(): boolean {
  return dispatchEvent(new Event("beforeunload", { cancelable: true }));
}

async function open(page: Page, server: CodeServer, suite: Suite): Promise<void> {
  const remote = (path: string) => `vscode-remote://${server.authority}${path}`;
  const payload = [
    ["extensionDevelopmentPath", remote(suite.extensionDevelopmentPath)],
    ["extensionTestsPath", remote(suite.extensionTestsPath)],
  ];
  const query = new URLSearchParams({
    folder: suite.workspace,
    payload: JSON.stringify(payload),
  });
  await page.goto(`http://${server.authority}/?${query}`);
}
