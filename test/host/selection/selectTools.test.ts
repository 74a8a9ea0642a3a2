import { deepEqual, equal, ok } from "node:assert/strict";
import * as vscode from "vscode";
import { COMMANDS, PREVIEW_SCHEME } from "../../../src/manifest.ts";
import type { Row } from "../../../src/target.ts";
import { setUpSuite } from "../support/fixture.ts";
import { run } from "../support/run.ts";
import { portalTreeOf, serverRow, treeOf, until } from "../support/screen.ts";

describe("Selecting tools", () => {
  const { account, person } = setUpSuite({ freshEmulator: true });

  const portal = (): Row => ({
    kind: "portal",
    accountId: account.emulator.accountId,
    portalId: "engineering",
  });
  const select = (on: readonly Row[] | undefined, ...lines: readonly string[]) =>
    run(COMMANDS.selectTools, on?.[0], on, lines.length === 0 ? undefined : lines.join("\n"));

  const previews = () =>
    vscode.window.tabGroups.all
      .flatMap(({ tabs }) => tabs.map(({ label }) => label))
      .filter((label) => label.startsWith("Preview of "));

  it("ticks what the text meets, counts it, shows a diff and writes each server once", async () => {
    const before = await treeOf(account.exports);
    const done = select([account.server("docs"), account.server("shop")]);
    await person.search("is:on is:prompt");
    equal(person.title, "Select tools: 3 of 16");
    await person.searchAndAccept("is:on is:read-only");
    await person.choose("Disable");
    const offered = await person.offered();
    deepEqual(
      offered.map(({ label }) => label),
      ["Apply", "Cancel"],
    );
    const shown = vscode.workspace.textDocuments.filter(({ uri }) => uri.scheme === PREVIEW_SCHEME);
    ok(shown.some((document) => document.getText().includes('"enabled": false')));
    ok(previews().length > 0);
    deepEqual(await account.puts(), []);
    await person.choose("Apply");
    await done;
    await until(previews, (labels) => labels.length === 0);
    deepEqual((await account.puts()).map((line) => line.split(" ")[1]).sort(), [
      "/servers/docs",
      "/servers/shop",
    ]);
    await run(COMMANDS.undo);
    deepEqual(await treeOf(account.exports), before);
  });

  it("writes nothing where the preview is cancelled", async () => {
    const done = select([account.server("docs")]);
    await person.searchAndAccept("search*");
    await person.choose("Disable");
    await person.choose("Cancel");
    await done;
    deepEqual(await account.puts(), []);
  });

  it("sets aliases by a pattern in a portal alone, in one write", async () => {
    await select([portal()], "name:*_page", "alias", "^(.*)_page$ → page_$1");
    const [put, second] = await account.puts();
    equal(second, undefined);
    ok(put?.startsWith("PUT /portals/engineering "));
    const rows = JSON.stringify(await portalTreeOf(account.exports));
    ok(rows.includes('"page_get"'), rows);
    equal(JSON.stringify(await serverRow(account.exports, "Docs")).includes("page_get"), false);
    await select([portal()], "is:overridden name:page_*", "reset");
    ok(!JSON.stringify(await portalTreeOf(account.exports)).includes("page_get"));
  });

  it("writes none of the aliases where one can't be", async () => {
    await select([account.server("docs")], "is:tool", "alias", "^.*$ → same");
    // A script that gives a pattern is told as a person is who types it.
    await person.message(/would both be called "same"\.$/u);
    deepEqual(await account.puts(), []);
  });

  it("says what is wrong with a query", async () => {
    await select([account.server("docs")], "is:blue", "disable");
    await person.message(/^After is: comes one of on, off/u);
    deepEqual(await account.puts(), []);
  });

  it("asks in the palette whether it is about all servers or a portal", async () => {
    const done = select(undefined);
    deepEqual(
      (await person.offered()).map(({ label }) => label),
      ["All Servers", "Engineering", "Support"],
    );
    await person.choose("Engineering");
    await person.search("is:off");
    await run("workbench.action.closeQuickOpen");
    await done;
  });
});
