import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { type Emulator, startEmulator } from "../../harness/emulator.ts";
import { ROOT } from "../../harness/paths.ts";
import { makeTemporaryFolder } from "../../harness/temporary.ts";
import { type CodeWindow, openWindow } from "../../workbench/support/window.ts";
import { Measure } from "./busy.ts";
import { Ours } from "./ours.ts";
import { furnish, furnishPortal, makeFiles, SERVERS } from "./subjects.ts";
import { Tree } from "./tree.ts";

/** A window with a large account in our tree, and as many files in the Explorer. */
export interface Session {
  readonly window: CodeWindow;
  readonly page: Page;
  readonly emulator: Emulator;
  readonly measure: Measure;
  readonly ours: Ours;
  readonly explorer: Tree;
  /** What the Explorer shows. */
  readonly folder: string;
  /** Reloads the window, which gets a new extension host. */
  reload(): Promise<void>;
  end(): Promise<void>;
}

/** @param hasPortal whether the account has a portal, whose view takes half of the side bar */
export async function beginSession({ hasPortal }: { hasPortal: boolean }): Promise<Session> {
  const home = await makeTemporaryFolder("bench");
  const portFile = join(home.path, "port");
  process.env["MCP_PORTALS_PROBE"] = portFile;
  const size = ["--servers", String(SERVERS), "--tools", "25"];
  const portal = hasPortal ? ["--portals", "1", "--portal-servers", "1"] : [];
  const emulator = await startEmulator(join(ROOT, "dist", "emulator.js"), [...size, ...portal]);
  await furnish(emulator);
  if (hasPortal) {
    await furnishPortal(emulator);
  }
  const folder = join(home.path, "files");
  await makeFiles(folder);
  // What is written there is news when the Explorer is told to refresh, and not before.
  const settings = {
    "mcpPortals.apiBaseUrl": emulator.url,
    "files.watcherExclude": { "**": true },
  };
  const window = await openWindow({ settings, folder });
  return {
    window,
    page: window.page,
    emulator,
    measure: new Measure(window.page, portFile),
    ours: new Ours(window, emulator),
    explorer: new Tree(window.page, window.page.locator(".explorer-folders-view")),
    folder,
    reload: async () => {
      await rm(portFile);
      await window.reload();
    },
    end: async () => {
      await window.close();
      await emulator.stop();
      await home.remove();
    },
  };
}
