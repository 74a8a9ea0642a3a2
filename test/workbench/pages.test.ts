import { deepEqual, ok } from "node:assert/strict";
import axe from "axe-core";
import { openDemoWindow } from "./support/demoWindow.ts";
import { shownPage } from "./support/pages.ts";
import { pickItem, runCommand } from "./support/quickInput.ts";
import type { CodeWindow } from "./support/window.ts";

const PAGES = [
  { command: "Show What Clients Get", has: "[role=grid]" },
  { command: "Show Context Cost", has: "[role=option]" },
  { command: "Why Can't They See It?", has: "h2" },
] as const;

/** A tile's name says in words what its number and its look say, and begins with the tool's name. */
const OPTIONS: axe.RunOptions = { rules: { "label-content-name-mismatch": { enabled: false } } };

const TOGGLE = "Preferences: Toggle between Light/Dark Themes";

/** Each with its light counterpart, which the toggle brings. */
const THEMES = { "dark and light": "Dark Modern", "high contrast": "Default High Contrast" };

for (const [words, theme] of Object.entries(THEMES)) {
  describe(`The accessibility of the pages in ${words}, in the demo account`, () => {
    let window: CodeWindow;
    before(async () => {
      window = await openDemoWindow({ theme });
    });
    // Playwright lets every page believe that it has the focus. A page that is drawn anew takes it then,
    // and the list from which the next test picks is closed.
    afterEach(() => runCommand(window, "View: Close All Editors"));
    after(() => window.close());

    for (const { command, has } of PAGES) {
      it(`has no violation that axe finds: ${command}`, async () => {
        await runCommand(window, `MCP Portals: ${command}`);
        await pickItem(window, "Engineering");
        await shownPage(window).locator(has).first().waitFor();
        deepEqual(await violations(window), []);
        await runCommand(window, TOGGLE);
        deepEqual(await violations(window), []);
        await runCommand(window, TOGGLE);
      });
    }
  });
}

/** What axe finds in the page in front, in words. */
async function violations(window: CodeWindow): Promise<readonly string[]> {
  const body = await shownPage(window).elementHandle();
  const frame = await body?.ownerFrame();
  ok(frame);
  await frame.evaluate(axe.source);
  const run = `axe.run(${JSON.stringify(OPTIONS)})`;
  const { violations: found, passes } = (await frame.evaluate(run)) as axe.AxeResults;
  ok(passes.length > 5);
  return found.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${help}\n${html}\n${failureSummary ?? ""}`),
  );
}
