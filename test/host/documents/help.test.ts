import { equal, match, ok } from "node:assert/strict";
import * as vscode from "vscode";
import { COMMANDS } from "../../../src/manifest.ts";
import { setUpSuite } from "../support/fixture.ts";
import { run } from "../support/run.ts";
import { until } from "../support/screen.ts";

describe("Help in a server's document", () => {
  const suite = setUpSuite({ opensDocs: true });

  it("opens at the description of a tool, ready to be written over several lines", async () => {
    await suite.foreign({ updated_tools: [{ name: "get_page", description: "One\nTwo" }] });
    const target = suite.account.capability("tool", "docs", "get_page");
    await run(COMMANDS.editDescription, target);
    const editor = vscode.window.activeTextEditor;
    equal(editor?.document.getText(editor.selection), "One\\nTwo");
  });

  it("completes missing names, and explains names in a hover", async () => {
    await suite.editing.replace('    "get_page": { "enabled": true },\n', '    "",\n');
    const at = suite.editing.document.positionAt(suite.editing.text.indexOf('"",') + 1);
    const { uri } = suite.editing.document;
    const list = await run<vscode.CompletionList>(
      "vscode.executeCompletionItemProvider",
      uri,
      at,
      undefined,
      100,
    );
    const proposed = list.items.find(({ label }) => label === "get_page");
    const about = proposed?.documentation;
    ok(typeof about === "object" && about.value.includes("docs"), JSON.stringify(proposed));
    ok(!list.items.some(({ label }) => label === "search_docs"));
    match(await suite.editing.hover('"search_docs'), /docs/u);
  });

  it("explains every property in a hover", async () => {
    for (const [property, words] of [
      ['"name"', /The server's name/],
      ['"prompts"', /server's prompts, by the upstream's names/],
      ['"enabled"', /Whether portals expose it/],
    ] as const) {
      await until(
        () => suite.editing.hover(property),
        (said) => words.test(said),
      );
    }
  });

  it("shows the server's state above the server", async () => {
    const [sync, enabled, synced] = await suite.editing.lenses();
    equal(sync, "$(sync) Sync");
    equal(enabled, "4 tools, 3 prompts");
    ok(synced?.startsWith("Last synced"), synced);
  });

  it("says above a server without a catalogue that it has no tools yet", async () => {
    await suite.account.emulator.set({ servers: { docs: { nullCatalogue: true } } });
    await run(COMMANDS.refresh);
    const [, enabled] = await until(
      () => suite.editing.lenses(),
      (lenses) => lenses[1] !== "4 tools, 3 prompts",
    );
    equal(enabled, "no tools yet");
  });
});
