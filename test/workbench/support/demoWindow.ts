import { openServersView, readRow, serversView } from "./serversView.ts";
import { type CodeWindow, openWindow } from "./window.ts";

/** A window in which somebody has opened the demo account. */
export async function openDemoWindow(): Promise<CodeWindow> {
  const window = await openWindow();
  await openServersView(window);
  await openDemo(window);
  return window;
}

/** Clicks the button of the welcome; resolves when the last row is there. */
export async function openDemo(window: CodeWindow): Promise<void> {
  await serversView(window).getByText("Open Demo Account").click();
  await readRow(window, ["Wiki"]);
}
