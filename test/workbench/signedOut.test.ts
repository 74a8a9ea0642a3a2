import assert from "node:assert/strict";
import { openServersView, serversView } from "./support/serversView.ts";
import { type CodeWindow, openWindow } from "./support/window.ts";

describe("A window that nobody has signed in to", () => {
  let window: CodeWindow;
  before(async () => {
    window = await openWindow();
  });
  after(() => window.close());

  it("says what this is and offers two ways on", async () => {
    await openServersView(window);
    const buttons = serversView(window).locator(".welcome-view-content .monaco-button");
    await buttons.first().waitFor();
    assert.deepEqual(await buttons.allInnerTexts(), ["Sign In…", "Open Demo Account"]);
  });
});
