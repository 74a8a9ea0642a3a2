import { join } from "node:path";
import type { Browser, BrowserContext, Locator, Page } from "playwright-core";
import { launchChromium } from "../../harness/chromium.ts";
import { prepareCodePages } from "../../harness/codePages.ts";
import { type CodeServer, startTestServer } from "../../harness/codeServer.ts";
import { fetchCode } from "../../harness/fetchCode.ts";
import { sampleFolder } from "../../harness/playground.ts";
import { type Settings, writeSettings } from "../../harness/profile.ts";
import { makeTemporaryFolder } from "../../harness/temporary.ts";
import { CODE_VERSIONS } from "../../harness/versions.ts";

export interface WindowOptions {
  readonly settings?: Settings;
  /** The name of a colour theme; "Dark Modern" by default. */
  readonly theme?: string;
  readonly viewport?: { readonly width: number; readonly height: number };
  /** The display language; English by default. It doesn't change VS Code's own texts. */
  readonly language?: string;
  /** Pixels of a picture per pixel of the page; 1 by default. */
  readonly scale?: number;
  /** The folder that the window opens; a small sample by default. */
  readonly folder?: string;
}

/** A window of VS Code with the packaged extension, in its own profile. */
export interface CodeWindow {
  readonly page: Page;
  /** The profile's folder on disk. */
  readonly userData: string;
  /** The page's console output, for the trace of a failure. */
  readonly console: readonly string[];
  reload(): Promise<void>;
  /** A second tab of the same browser with the same profile. It closes with this window. */
  another(): Promise<CodeWindow>;
  close(): Promise<void>;
}

/** Tall, because a row that is scrolled out of sight isn't in the page. */
const VIEWPORT = { width: 1280, height: 2100 };

const LIMIT_MS = 30_000;

/**
 * VS Code gives a tree the focus back once it has drawn it. A list that a test opened within the same
 * few milliseconds, in which no hand opens one, would close.
 */
const STEADY: Settings = { "workbench.quickOpen.closeOnFocusLost": false };

const open = new Set<CodeWindow>();
let browser: Promise<Browser> | undefined;

export async function openWindow(options: WindowOptions = {}): Promise<CodeWindow> {
  const home = await makeTemporaryFolder("window");
  const userData = join(home.path, "user");
  const server = await startServer(userData, options);
  const folder = options.folder ?? (await sampleFolder(home.path));
  const address = `http://${server.authority}/?${new URLSearchParams({ folder })}`;
  const context = await newContext(options);
  return openPage(address, userData, context, async () => {
    await context.close();
    await server.tree.stop();
    await home.remove();
  });
}

async function openPage(
  address: string,
  userData: string,
  context: BrowserContext,
  closed: () => Promise<void>,
): Promise<CodeWindow> {
  const page = await context.newPage();
  const said: string[] = [];
  page.on("console", (message) => said.push(`[${message.type()}] ${message.text()}`));
  const window: CodeWindow = {
    page,
    userData,
    console: said,
    reload: async () => {
      await page.reload();
      await untilReady(page);
    },
    another: () => openPage(address, userData, context, async () => undefined),
    close: async () => {
      open.delete(window);
      await page.close();
      await closed();
    },
  };
  open.add(window);
  await page.goto(address);
  await untilReady(page);
  return window;
}

async function startServer(userData: string, options: WindowOptions): Promise<CodeServer> {
  const theme = options.theme && { "workbench.colorTheme": options.theme };
  await writeSettings(userData, { ...STEADY, ...theme, ...options.settings });
  const code = await fetchCode(CODE_VERSIONS.latest);
  const folders = ["--user-data-dir", userData, "--extensions-dir", installedExtensions()];
  return startTestServer(code, "0", folders);
}

/** Tabs of a browser with their own secrets and storage. */
async function newContext(options: WindowOptions): Promise<BrowserContext> {
  browser ??= launchChromium();
  const context = await (await browser).newContext({
    viewport: options.viewport ?? VIEWPORT,
    deviceScaleFactor: options.scale ?? 1,
    permissions: ["clipboard-read", "clipboard-write"],
  });
  context.setDefaultTimeout(LIMIT_MS);
  await prepareCodePages(context);
  if (options.language !== undefined) {
    await speak(context, options.language);
  }
  return context;
}

/** The open windows, which are photographed when a test fails. */
export const openWindows = (): readonly CodeWindow[] => [...open];

/** Waits for the workbench, and until the extension host has told it of the extension's view. */
async function untilReady(page: Page): Promise<void> {
  await page.locator(".monaco-workbench .part.statusbar").waitFor();
  await portalsTab(page).waitFor();
}

/** Our icon in the activity bar. A pseudo translation puts every text in guillemets. */
export const portalsTab = (page: Page): Locator =>
  page.getByRole("tab", { name: /^(MCP Portals|«.+»)/ }).first();

/**
 * Does what a language pack does in a browser. The page tells the extension host the language. A
 * cookie tells the server, which reads the manifests of extensions.
 */
async function speak(context: BrowserContext, language: string): Promise<void> {
  const name = JSON.stringify(language);
  await context.addInitScript(`globalThis._VSCODE_NLS_LANGUAGE = ${name};
    document.cookie = "vscode.nls.locale=" + ${name};`);
}

function installedExtensions(): string {
  const folder = process.env["MCP_PORTALS_TEST_EXTENSIONS"];
  if (!folder) {
    throw new Error("The extension isn't installed: start the suite by its script.");
  }
  return folder;
}
