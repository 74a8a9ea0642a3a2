import assert from "node:assert/strict";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pseudoLocalized, untranslated } from "../l10n/pseudo.ts";
import { closeInput, readInput } from "./support/quickInput.ts";
import {
  clickInline,
  expandRow,
  openServersView,
  readRow,
  readRows,
  serversView,
} from "./support/serversView.ts";
import { type CodeWindow, openWindow } from "./support/window.ts";
import { statusItem } from "./support/workbenchParts.ts";

const LANGUAGE = "qps-ploc";

describe("A window in another language", () => {
  let window: CodeWindow;
  let manifest: Readonly<Record<string, string>>;
  let words: (english: string) => string;
  before(async () => {
    manifest = await translateInstalled("package.nls.json");
    const texts = await translateInstalled("l10n", "bundle.l10n.json");
    words = (english) => texts[english] ?? `no translation of ${english}`;
    window = await openWindow({ language: LANGUAGE });
  });
  after(() => window.close());

  const assertTranslated = (texts: readonly string[]): void => {
    assert.ok(texts.length > 0);
    for (const text of texts) {
      assert.match(text, /«.+»/u);
      assert.doesNotMatch(untranslated(text), /\p{L}/u, text);
    }
  };

  it("has a translated welcome", async () => {
    await openServersView(window);
    const welcome = serversView(window).locator(".welcome-view-content");
    const demo = welcome.getByRole("button").nth(1);
    await demo.waitFor();
    assertTranslated(await welcome.allInnerTexts());
    await demo.click();
    await readRow(window, ["Wiki"]);
  });

  it("has translated rows", async () => {
    await expandRow(window, ["Observability", words("Tools")]);
    const rows = await readRows(window);
    assertTranslated(rows.map(({ spoken }) => spoken));
    const descriptions = rows
      .filter(({ level }) => level < 3)
      .map(({ description }) => description);
    // A number alone is the same in every language.
    assertTranslated(descriptions.filter((text) => !/^\d+$/u.test(text)));
  });

  it("has translated questions", async () => {
    const tool = ["Observability", words("Tools"), "get_trace"];
    await clickInline(window, tool, manifest["command.editAlias"] ?? "");
    const { title, message } = await readInput(window);
    // VS Code adds its own text to a prompt.
    assertTranslated([title, message.replace(/ \(Press .*$/, "")]);
    await closeInput(window);
  });

  it("has a translated status bar and status menu", async () => {
    const item = statusItem(window);
    assertTranslated([(await item.getByRole("button").getAttribute("aria-label")) ?? ""]);
    await item.click();
    const { title, items } = await readInput(window);
    assertTranslated([title, ...items]);
    await closeInput(window);
  });
});

/** Writes a translation next to the strings of the installed extension, and returns it. */
async function translateInstalled(...path: readonly string[]): Promise<Record<string, string>> {
  const extensions = process.env["MCP_PORTALS_TEST_EXTENSIONS"] ?? "";
  const folder = (await readdir(extensions)).find((name) => name.startsWith("mcp-portals."));
  assert.ok(folder !== undefined);
  const file = join(extensions, folder, ...path);
  const translated = pseudoLocalized(JSON.parse(await readFile(file, "utf8")));
  await writeFile(file.replace(/\.json$/, `.${LANGUAGE}.json`), JSON.stringify(translated));
  return translated;
}
