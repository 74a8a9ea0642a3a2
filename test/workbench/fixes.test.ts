import assert from "node:assert/strict";
import type { Emulator } from "../harness/emulator.ts";
import { eventually } from "./support/eventually.ts";
import {
  filterProblems,
  openProblem,
  openProblems,
  readProblems,
  takeFix,
} from "./support/problems.ts";
import { pickItem, readInput } from "./support/quickInput.ts";
import { chooseFromMenu, expandRow, pickFromMenu } from "./support/serversView.ts";
import { closeAll, openSignedIn } from "./support/signedIn.ts";
import type { CodeWindow } from "./support/window.ts";
import { readActiveTab } from "./support/workbenchParts.ts";

describe("A fix of a problem, by hand", () => {
  let emulator: Emulator;
  let window: CodeWindow;
  before(async () => {
    ({ emulator, window } = await openSignedIn());
  });
  after(closeAll);
  beforeEach(() => emulator.clearLog());

  const written = async (): Promise<readonly unknown[]> =>
    (await emulator.log()).filter(({ method }) => method === "PUT").map(({ body }) => body);

  const problem = (rule: string) =>
    window.page.locator(".markers-panel .monaco-list-row[aria-level='2']", { hasText: rule });

  it("is offered by the lightbulb", async () => {
    await openProblems(window);
    await openProblem(window, "name/alias-duplicate");
    await eventually(() => readActiveTab(window), "shop.mcp-server.json");
    await takeFix(window, 'Set Alias to "find_product_2"');
    await eventually(written, [
      {
        updated_tools: [
          { name: "search_products", alias: "find_product_2" },
          { name: "refund_order", enabled: false },
          {
            name: "apply_discount",
            alias: "discount",
            description: "Takes a percentage off an order.",
          },
        ],
      },
    ]);
    await problem("name/alias-duplicate").waitFor({ state: "detached" });
  });

  it("is offered in Problems", async () => {
    await filterProblems(window, "config/orphan-override");
    await problem("config/orphan-override").click();
    // The lightbulb appears once the fixes are known.
    await problem("config/orphan-override").locator("[class*='codicon-light']").click();
    await pickFromMenu(window, "Remove Override");
    await eventually(written, [
      {
        updated_tools: [
          { name: "search_products", alias: "find_product_2" },
          { name: "refund_order", enabled: false },
        ],
      },
    ]);
    await eventually(() => readProblems(window), []);
    await filterProblems(window, "");
  });

  it("is offered by the row's menu, with its problem", async () => {
    await expandRow(window, ["Browser", "Tools"]);
    await chooseFromMenu(window, ["Browser", "Tools", "screenshot"], "Fix Problems…");
    const { title, items } = await readInput(window);
    assert.equal(title, "Fix which problem?");
    assert.ok(items.includes("Strip Hidden Characters"), items.join());
    await pickItem(window, "Disable Tool");
    await eventually(written, [{ updated_tools: [{ name: "screenshot", enabled: false }] }]);
  });
});
