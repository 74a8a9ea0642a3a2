import { join } from "node:path";
import { type Emulator, startEmulator } from "../../harness/emulator.ts";
import { ROOT } from "../../harness/paths.ts";
import type { Settings } from "../../harness/profile.ts";
import { eventually } from "./eventually.ts";
import { answerInput, pickItem } from "./quickInput.ts";
import { openServersView, serversView } from "./serversView.ts";
import { type CodeWindow, openWindow } from "./window.ts";
import { readStatus } from "./workbenchParts.ts";

export interface SignedInWindow {
  readonly emulator: Emulator;
  readonly window: CodeWindow;
}

/** A window signed in by hand, to an emulator whose log and switches the test can reach. */
export async function openSignedIn(settings: Settings = {}): Promise<SignedInWindow> {
  const emulator = await startEmulator(join(ROOT, "dist", "emulator.js"));
  const window = await openWindow({
    settings: { ...settings, "mcpPortals.apiBaseUrl": emulator.url },
  });
  await openServersView(window);
  await serversView(window).getByRole("button", { name: "Sign In…" }).click();
  await pickItem(window, "Paste an API token");
  await answerInput(window, emulator.token);
  await eventually(() => readStatus(window), "MCP 10, 2 failing");
  return { emulator, window };
}
