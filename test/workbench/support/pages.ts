import type { Locator } from "playwright-core";
import type { CodeWindow } from "./window.ts";

/**
 * The body of the page in the active tab. VS Code shows a webview in a frame of its own, and the
 * webview's document in a frame inside of it.
 */
export function shownPage({ page }: CodeWindow): Locator {
  return page
    .frameLocator("iframe.webview.ready:visible")
    .frameLocator("iframe#active-frame")
    .locator("body");
}
