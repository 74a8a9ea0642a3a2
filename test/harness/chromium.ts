import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Browser, chromium, type LaunchOptions } from "playwright-core";
import { writeFontConfig } from "./fonts.ts";
import { endWithProgram } from "./lifetime.ts";
import { hasPackagedChromium, packagedChromium } from "./packagedChromium.ts";

/** No GPU, no sandbox (root in a container has none), nothing that looks outside. */
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
 * A headless Chromium: the one that CHROMIUM_EXECUTABLE names, the one from npm, or else an
 * installed one. It ends with this program.
 */
export async function launchChromium(): Promise<Browser> {
  const choices = await candidates();
  const reasons: string[] = [];
  for (const choice of choices) {
    try {
      return await launch(choice);
    } catch (error) {
      reasons.push(String(error).split("\n", 1)[0] ?? "");
    }
  }
  throw new Error(
    `No Chromium starts here; name one in CHROMIUM_EXECUTABLE.\n${reasons.join("\n")}`,
  );
}

async function launch(choice: LaunchOptions): Promise<Browser> {
  const browser = await chromium.launch({
    ...choice,
    args: FLAGS,
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
  // Playwright itself kills it when this process exits.
  const end = endWithProgram({ end: () => browser.close(), kill: () => undefined });
  browser.once("disconnected", () => void end());
  return browser;
}

async function candidates(): Promise<LaunchOptions[]> {
  const named = process.env["CHROMIUM_EXECUTABLE"];
  if (named) return [{ executablePath: named }];
  const installed = ["chrome", "chromium", "msedge"].map((channel) => ({ channel }));
  const packaged = hasPackagedChromium ? [await fromNpm()] : [];
  const debian = ["/usr/bin/chromium", "/usr/bin/chromium-browser"].filter((path) =>
    existsSync(path),
  );
  return [...packaged, ...installed, ...debian.map((path) => ({ executablePath: path })), {}];
}

/** It brings the few libraries that a bare machine lacks. */
async function fromNpm(): Promise<LaunchOptions> {
  const home = await packagedChromium();
  const libraries = [join(home, "al2023", "lib"), process.env["LD_LIBRARY_PATH"]];
  return {
    executablePath: join(home, "chromium"),
    env: {
      ...process.env,
      LD_LIBRARY_PATH: libraries.filter(Boolean).join(":"),
      FONTCONFIG_FILE: await writeFontConfig(),
    },
  };
}
