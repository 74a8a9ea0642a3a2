import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Browser, type BrowserContext, chromium, type LaunchOptions } from "playwright-core";
import { writeFontConfig } from "./fonts.ts";
import { writeLauncher } from "./launcher.ts";
import { endWithProgram } from "./lifetime.ts";
import { hasPackagedChromium, packagedChromium } from "./packagedChromium.ts";
import { makeTemporaryFolder } from "./temporary.ts";

/** No GPU, no sandbox, which root in a container doesn't have, and no requests to the outside. */
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--disable-background-networking",
  "--disable-dev-shm-usage",
  "--disable-component-update",
  "--font-render-hinting=none",
];

/**
 * A headless Chromium: the one that CHROMIUM_EXECUTABLE names, the one from npm, or an installed
 * one. It ends with this program.
 */
export function launchChromium(): Promise<Browser> {
  return firstThatStarts(async (choice) => {
    const browser = await chromium.launch(choice);
    const end = endWithProgram({ end: () => browser.close(), kill: playwrightKills });
    browser.once("disconnected", () => void end());
    return browser;
  });
}

/** The same, with the pages' storage in a folder. */
export function launchChromiumIn(folder: string): Promise<BrowserContext> {
  return firstThatStarts(async (choice) => {
    const context = await chromium.launchPersistentContext(folder, choice);
    const end = endWithProgram({ end: () => context.close(), kill: playwrightKills });
    context.once("close", () => void end());
    return context;
  });
}

/** Empty, because Playwright itself kills its browsers when this process exits. */
const playwrightKills = (): void => undefined;

async function firstThatStarts<T>(start: (choice: LaunchOptions) => Promise<T>): Promise<T> {
  const reasons: string[] = [];
  for (const choice of await candidates()) {
    try {
      return await start({ ...choice, ...LAUNCH });
    } catch (error) {
      reasons.push(String(error).split("\n", 1)[0] ?? "");
    }
  }
  throw new Error(
    `No Chromium starts here; name one in CHROMIUM_EXECUTABLE.\n${reasons.join("\n")}`,
  );
}

const LAUNCH = {
  args: FLAGS,
  handleSIGINT: false,
  handleSIGTERM: false,
  handleSIGHUP: false,
} as const satisfies LaunchOptions;

async function candidates(): Promise<LaunchOptions[]> {
  const named = process.env["CHROMIUM_EXECUTABLE"];
  if (named) {
    return [{ executablePath: named }];
  }
  const installed = ["chrome", "chromium", "msedge"].map((channel) => ({ channel }));
  const packaged = hasPackagedChromium ? [await fromNpm()] : [];
  const debian = ["/usr/bin/chromium", "/usr/bin/chromium-browser"].filter((path) =>
    existsSync(path),
  );
  return [...packaged, ...installed, ...debian.map((path) => ({ executablePath: path })), {}];
}

/** The Chromium from npm, which includes the libraries that a minimal machine lacks. */
async function fromNpm(): Promise<LaunchOptions> {
  const home = await packagedChromium();
  const launcher = join((await makeTemporaryFolder("chromium")).path, "chromium");
  const script = join(import.meta.dirname, "quietChromium.ts");
  const libraries = [join(home, "al2023", "lib"), process.env["LD_LIBRARY_PATH"]];
  return {
    executablePath: await writeLauncher(launcher, script, join(home, "chromium")),
    env: {
      ...process.env,
      LD_LIBRARY_PATH: libraries.filter(Boolean).join(":"),
      FONTCONFIG_FILE: await writeFontConfig(),
    },
  };
}
