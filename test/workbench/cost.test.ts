import { deepEqual, equal, match, ok } from "node:assert/strict";
import type { Locator } from "playwright-core";
import { openDemoWindow } from "./support/demoWindow.ts";
import { eventually, until } from "./support/eventually.ts";
import { shownPage } from "./support/pages.ts";
import { pickItem, runCommand } from "./support/quickInput.ts";
import { portalsView } from "./support/serversView.ts";
import type { CodeWindow } from "./support/window.ts";

describe("The page of context costs, in the demo account", () => {
  let window: CodeWindow;
  before(async () => {
    window = await openDemoWindow();
    await runCommand(window, "MCP Portals: Show Context Cost");
    await pickItem(window, "Engineering");
    await untilCounted();
  });
  after(() => window.close());

  const body = (): Locator => shownPage(window);
  const tile = (name: RegExp): Locator => body().getByRole("option", { name });
  const numberIn = (text: string): number => Number(text.replaceAll(/\D/gu, ""));
  const textOf = async (selector: string): Promise<string> =>
    (await body().locator(selector).textContent()) ?? "";
  const total = async (): Promise<number> => numberIn(await textOf(".total"));
  const focused = (): Promise<string> =>
    body().locator(":focus").getAttribute("aria-label").then(String);
  const selected = (): Promise<string[]> =>
    body()
      .locator("[role=option][aria-selected=true]")
      .evaluateAll((tiles) => tiles.map((each) => each.getAttribute("aria-label") ?? ""));

  /** The largest first. None has an area before the browser has laid the page out. */
  const labelsBySize = async (): Promise<string[]> => {
    const tiles = await body()
      .getByRole("option")
      .evaluateAll((elements) =>
        elements.map((each) => {
          const { width, height } = each.getBoundingClientRect();
          return { label: each.getAttribute("aria-label") ?? "", area: width * height };
        }),
      );
    return tiles.sort((one, other) => other.area - one.area).map(({ label }) => label);
  };

  async function untilCounted(): Promise<void> {
    await tile(/^logs, /u).waitFor();
    await until(
      () => textOf(".warning"),
      (text) => text === "",
      "The last count",
    );
  }

  it("gives the most expensive tool the largest area, and says of each what it costs", async () => {
    const labels = await until(
      labelsBySize,
      ([largest = ""]) => /^logs, \d+ tokens, on, Observability$/u.test(largest),
      "A largest area for the most expensive tool",
    );
    ok(labels.some((label) => / tokens, off, /u.test(label)));
  });

  it("selects in the tree what is clicked, and says what would be left", async () => {
    const before = await total();
    await tile(/^logs, /u).click();
    await portalsView(window).locator(".monaco-list-row.selected", { hasText: "logs" }).waitFor();
    const [name = ""] = await selected();
    const left = numberIn((await textOf(".after")).split(" ")[0] ?? "");
    equal(left, before - numberIn(name.split(",")[1] ?? ""));
  });

  it("turns off the most expensive tool, and the sum falls by it; undo brings it back", async () => {
    const before = await total();
    const cost = numberIn((await tile(/^logs, /u).getAttribute("aria-label")) ?? "");
    await tile(/^logs, /u).click();
    await body().getByRole("button", { name: "Disable 1 Tool" }).click();
    await eventually(total, before - cost);
    await tile(/^logs, \d+ tokens, off, /u).waitFor();
    await runCommand(window, "MCP Portals: Undo Last Change");
    await eventually(total, before);
  });

  it("is used with the keyboard alone", async () => {
    const { keyboard } = window.page;
    await tile(/^logs, /u).focus();
    await keyboard.press("Escape");
    await eventually(selected, []);
    await keyboard.press("Home");
    match(await focused(), /^logs, /u);
    await keyboard.press("Space");
    await keyboard.press("ArrowDown");
    const below = await focused();
    ok(!below.startsWith("logs, "), below);
    await keyboard.press("Space");
    await until(
      selected,
      (names) => names.length === 2 && names.includes(below),
      "The second selected tool",
    );
    await keyboard.press("ArrowUp");
    match(await focused(), /^logs, /u);
    await keyboard.press("Enter");
    await portalsView(window).locator(".monaco-list-row.focused", { hasText: "logs" }).waitFor();
  });

  it("selects a server's tools by its button in the list", async () => {
    await body().getByRole("button", { name: "Docs", exact: true }).click();
    await until(selected, (names) => names.length === 4, "The server's tools");
    deepEqual(
      (await selected()).filter((name) => !name.endsWith(", Docs")),
      [],
    );
  });

  it("lists the ways of connecting and marks estimates", async () => {
    const rows = await body()
      .locator(".sums tbody tr")
      .evaluateAll((lines) =>
        lines.map((line) => [...line.children].map((cell) => cell.textContent ?? "")),
      );
    deepEqual(
      rows.map(([way = ""]) => way),
      [
        "All tools",
        "minimize_tools",
        "search_and_execute",
        "Code Modeunless a client asks otherwise",
      ],
    );
    match(rows[0]?.[1] ?? "", /^[\d,]+$/u);
    match(rows[1]?.[1] ?? "", /^≈ [\d,]+$/u);
  });
});
