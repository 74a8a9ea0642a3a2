import { join } from "node:path";
import { type Emulator, startEmulator } from "../../harness/emulator.ts";
import { ROOT } from "../../harness/paths.ts";
import type { Settings } from "../../harness/profile.ts";
import { eventually } from "./eventually.ts";
import { answerInput, pickItem } from "./quickInput.ts";
import { openServersView, serversView } from "./serversView.ts";
import { type CodeWindow, openWindow, openWindows } from "./window.ts";
import { readStatus } from "./workbenchParts.ts";

/** A window, and the emulator that it works with, whose log and switches the test can reach. */
export interface EmulatedWindow {
  readonly emulator: Emulator;
  readonly window: CodeWindow;
}

const running: Emulator[] = [];

/**
 * A window in which nobody is signed in, with the view of servers on screen. `after(closeAll)` ends
 * it and its emulator.
 * @param args flags of the emulator
 */
export async function openSignedOut(
  settings: Settings = {},
  ...args: readonly string[]
): Promise<EmulatedWindow> {
  const emulator = await startEmulator(join(ROOT, "dist", "emulator.js"), args);
  running.push(emulator);
  const window = await openWindow({
    settings: { ...settings, "mcpPortals.apiBaseUrl": emulator.url },
  });
  await openServersView(window);
  return { emulator, window };
}

/** The same, signed in by hand. */
export async function openSignedIn(settings: Settings = {}): Promise<EmulatedWindow> {
  const { emulator, window } = await openSignedOut(settings);
  await serversView(window).getByRole("button", { name: "Sign In…" }).click();
  await pickItem(window, "Paste an API token");
  await answerInput(window, emulator.token);
  await eventually(() => readStatus(window), "MCP 10, 2 failing");
  return { emulator, window };
}

/** Closes all windows that are open, and then stops their emulators. */
export async function closeAll(): Promise<void> {
  for (const window of openWindows().toReversed()) {
    await window.close();
  }
  await Promise.all(running.splice(0).map((emulator) => emulator.stop()));
}
