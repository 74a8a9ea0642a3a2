import { openServersView, readRow, serversView } from "./serversView.ts";
import { type CodeWindow, openWindow, type WindowOptions } from "./window.ts";

/** A window with the demo account open. */
export async function openDemoWindow(options: WindowOptions = {}): Promise<CodeWindow> {
  const window = await openWindow(options);
  await openServersView(window);
  await openDemo(window);
  return window;
}

/** Clicks the welcome view's button. Resolves when the last row is shown. */
export async function openDemo(window: CodeWindow): Promise<void> {
  await serversView(window).getByText("Open Demo Account").click();
  await readRow(window, ["Wiki"]);
}
