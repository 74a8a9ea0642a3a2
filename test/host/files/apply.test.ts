import { deepEqual, equal, match, ok } from "node:assert/strict";
import * as vscode from "vscode";
import { COMMANDS, FILE_SCHEME } from "../../../src/manifest.ts";
import { setUpSuite } from "../support/fixture.ts";
import { run } from "../support/run.ts";
import { until } from "../support/screen.ts";
import { clear, edit, keepUnsaved, read, uriOf, write } from "./support/workspace.ts";

const DOCS = "servers/docs.mcp-server.json";
const SHOP = "servers/shop.mcp-server.json";
const LOCK = "mcp-portals.lock.json";
const ENGINEERING = "portals/engineering.mcp-portal.json";

async function lenses(path: string): Promise<readonly string[]> {
  const found = await vscode.commands.executeCommand<readonly vscode.CodeLens[]>(
    "vscode.executeCodeLensProvider",
    uriOf(path),
    10,
  );
  return found.flatMap(({ command }) => command?.title ?? []);
}

function untilLenses(path: string, ...titles: readonly string[]): Promise<readonly string[]> {
  return until(
    () => lenses(path),
    (seen) => JSON.stringify(seen) === JSON.stringify(titles),
  );
}

const SAME = ["Same as the account"] as const;
const DIFFERS = ["Differs from the account", "$(diff) Compare", "$(cloud-upload) Apply…"] as const;

describe("Files of servers and portals", () => {
  const { account, person } = setUpSuite({ freshEmulator: true, afterEach: clear });
  keepUnsaved();

  function portal(portalId: string) {
    return { kind: "portal", accountId: account.emulator.accountId, portalId };
  }

  async function saved(...rows: readonly object[]): Promise<void> {
    await run(COMMANDS.saveToWorkspace, rows[0], rows);
    await account.emulator.clearLog();
  }

  async function docsElsewhere(patch: Readonly<Record<string, unknown>>): Promise<void> {
    await account.emulator.write({ server: "docs", patch });
    await run(COMMANDS.refresh);
  }

  it("say in a lens whether they differ, when they change and when the account does", async () => {
    await saved(account.server("docs"));
    await untilLenses(DOCS, ...SAME);
    const document = await edit(DOCS, '"name": "Docs"', '"name": "Handbook"');
    await untilLenses(DOCS, ...DIFFERS);
    await docsElsewhere({ name: "Handbook" });
    await untilLenses(DOCS, ...SAME);
    await docsElsewhere({ name: "Manual" });
    await untilLenses(
      DOCS,
      "Differs from the account",
      "$(warning) changed there too",
      "$(diff) Compare",
      "$(cloud-upload) Apply…",
    );
    equal(document.languageId, "jsonc");
    deepEqual(await account.puts(), []);
  });

  it("tell in the lens what is wrong with them, with the line", async () => {
    await saved(account.server("docs"));
    await edit(DOCS, '"name": "Docs"', '"nam": "Docs"');
    const [title] = await until(
      () => lenses(DOCS),
      ([first]) => first !== SAME[0],
    );
    match(title ?? "", /^servers\/docs\.mcp-server\.json:3: /u);
  });

  it("are compared with the account from the row and from the file, its side read-only", async () => {
    await saved(account.server("docs"));
    await write(DOCS, `// Ours.\n${(await read(DOCS)).replace('"Docs"', '"Handbook"')}`);
    const done = run(COMMANDS.compareWith, account.server("docs"));
    await person.choose("Its file");
    await done;
    const input = await until(
      () => vscode.window.tabGroups.activeTabGroup.activeTab?.input,
      (shown) => shown instanceof vscode.TabInputTextDiff,
    );
    ok(input instanceof vscode.TabInputTextDiff);
    deepEqual([input.original.scheme, input.modified.path], [FILE_SCHEME, uriOf(DOCS).path]);
    equal(vscode.workspace.fs.isWritableFileSystem(FILE_SCHEME), undefined);
    const left = await vscode.workspace.openTextDocument(input.original);
    ok(left.getText().startsWith("// Ours.\n{"), left.getText());
    ok(left.getText().includes('"name": "Docs"'));
    await docsElsewhere({ name: "Manual" });
    await until(
      () => left.getText(),
      (text) => text.includes('"name": "Manual"'),
    );
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    await run(COMMANDS.compareWith, uriOf(DOCS));
    ok(vscode.window.tabGroups.activeTabGroup.activeTab?.input instanceof vscode.TabInputTextDiff);
  });

  it("are applied after the plan is shown, with one write a resource and one undo for all", async () => {
    await saved(account.server("docs"), account.server("shop"), portal("engineering"));
    await edit(DOCS, '"name": "Docs"', '"name": "Handbook"');
    await write(SHOP, (await read(SHOP)).replace('"Shop"', '"Store"'));
    await write(ENGINEERING, (await read(ENGINEERING)).replace('"Engineering"', '"Engineers"'));
    const files = [DOCS, SHOP, ENGINEERING].map(uriOf);
    const done = run(COMMANDS.applyToAccount, files[0], files);
    const [apply] = await person.offered();
    equal(apply?.description, "Undo Last Change takes all of it back");
    const tab = vscode.window.tabGroups.activeTabGroup.activeTab?.label ?? "";
    ok(tab.startsWith("Plan for 3 files"), tab);
    deepEqual(await account.puts(), []);
    await person.choose("Apply");
    await done;
    const puts = await account.puts();
    equal(puts.length, 3, puts.join("\n"));
    await untilLenses(DOCS, ...SAME);
    const lock = JSON.parse(await read("mcp-portals.lock.json"));
    equal(lock.pulled.servers.docs.name, "Handbook");
    await account.emulator.clearLog();
    await run(COMMANDS.undo);
    equal((await account.puts()).length, 3);
    await untilLenses(DOCS, ...DIFFERS);
  });

  it("aren't applied where the plan is dismissed", async () => {
    await saved(account.server("docs"));
    await edit(DOCS, '"name": "Docs"', '"name": "Handbook"');
    const done = run(COMMANDS.applyToAccount, uriOf(DOCS));
    await person.choose("Cancel");
    await done;
    deepEqual(await account.puts(), []);
  });

  it("leave alone what somebody else has changed since, and say so", async () => {
    await saved(account.server("docs"));
    const text = await read(DOCS);
    await write(
      DOCS,
      text
        .replace('"name": "Docs"', '"name": "Handbook"')
        .replace(/"description": [^\n]*/u, '"description": "Ours",'),
    );
    await account.emulator.write({ server: "docs", patch: { name: "Manual" } });
    const done = run(COMMANDS.applyToAccount, uriOf(DOCS));
    await person.choose("Apply");
    await done;
    deepEqual(await account.putBodies(), [{ description: "Ours" }]);
    match((await person.message(/Manual/u)).text, /Handbook/u);
    const lock = JSON.parse(await read("mcp-portals.lock.json"));
    equal(lock.pulled.servers.docs.name, "Docs");
  });

  it("create a server that the account doesn't have, and say that this can't be undone", async () => {
    await saved(account.server("docs"));
    const text = (await read(DOCS))
      .replace('"name": "Docs"', '"name": "Copied"')
      .replace(/"tools": \{[\s\S]*/u, '"tools": {},\n  "prompts": {}\n}\n');
    const path = "servers/copied.mcp-server.json";
    await write(path, text);
    await vscode.window.showTextDocument(uriOf(path));
    await untilLenses(path, "The account doesn't have it", "$(cloud-upload) Create…");
    const done = run(COMMANDS.applyToAccount);
    const [apply] = await person.offered();
    equal(apply?.description, "Creating can't be undone, only deleted again");
    await person.choose("Apply");
    await done;
    const posts = (await account.wire()).filter((line) => line.startsWith("POST"));
    ok(posts[0]?.includes('"copied"'), posts.join("\n"));
    await untilLenses(path, ...SAME);
  });

  it("are applied with what the explorer and an editor's title give to their menus", async () => {
    await saved(account.server("docs"));
    for (const [from, to, beside] of [
      ["Docs", "Handbook", [uriOf(DOCS)]],
      ["Handbook", "Manual", { groupId: 0 }],
    ] as const) {
      await account.emulator.clearLog();
      await edit(DOCS, `"name": "${from}"`, `"name": "${to}"`);
      const done = run(COMMANDS.applyToAccount, uriOf(DOCS), beside);
      await person.choose("Apply");
      await done;
      deepEqual(await account.putBodies(), [{ name: to }]);
    }
  });

  it("create a portal with its servers and what it overrides of them", async () => {
    await saved(portal("engineering"));
    const path = "portals/newcomers.mcp-portal.json";
    await write(
      path,
      `{
  "name": "Newcomers",
  "hostname": "new.harborlane.example",
  "servers": {
    // Nothing else yet.
    "docs": { "tools": { "search_docs": { "enabled": true, "alias": "look" } } }
  }
}
`,
    );
    await vscode.window.showTextDocument(uriOf(path));
    await untilLenses(path, "The account doesn't have it", "$(cloud-upload) Create…");
    const done = run(COMMANDS.applyToAccount, uriOf(path));
    await person.choose("Apply");
    await done;
    const posts = (await account.wire()).filter((line) => line.startsWith("POST /portals"));
    equal(posts.length, 1, posts.join("\n"));
    for (const part of ['"newcomers"', '"new.harborlane.example"', '"docs"', '"look"']) {
      ok(posts[0]?.includes(part), posts[0]);
    }
    await untilLenses(path, ...SAME);
  });

  it("write nothing where one of them is wrong, and say in which line", async () => {
    await saved(account.server("docs"), account.server("shop"));
    await write(SHOP, (await read(SHOP)).replace('"Shop"', '"Store"'));
    await write(DOCS, (await read(DOCS)).replace('"name": "Docs"', '"name": 7'));
    const files = [DOCS, SHOP].map(uriOf);
    const done = run(COMMANDS.applyToAccount, files[0], files);
    const said = await person.message(/Nothing was applied\./u);
    match(said.text, /servers\/docs\.mcp-server\.json:3: /u);
    said.press("");
    await done;
    deepEqual(await account.puts(), []);
  });

  it("are held against no other account than the one that their lock file names", async () => {
    await saved(account.server("docs"));
    await edit(DOCS, '"name": "Docs"', '"name": "Handbook"').then((document) => document.save());
    const other = "0".repeat(32);
    const lock = (await read(LOCK)).replace(account.emulator.accountId, other);
    await write(LOCK, lock);
    const why = `mcp-portals.lock.json:1: The files are of account ${other}, which isn't signed in.`;
    await untilLenses(DOCS, why);
    for (const [command, what] of [
      [COMMANDS.applyToAccount, "Nothing was applied."],
      [COMMANDS.compareWith, "Nothing was compared."],
    ] as const) {
      const done = run(command, uriOf(DOCS));
      const said = await person.message(/^Nothing was/u);
      equal(said.text, `${what} ${why}`);
      said.press("");
      await done;
      person.forget();
    }
    const done = run(COMMANDS.compareWith, account.server("docs"));
    const offered = (await person.offered()).map(({ label }) => label);
    ok(offered.length > 0 && !offered.includes("Its file"), offered.join());
    await person.dismissOffered();
    await done;
    deepEqual(await account.puts(), []);
    equal(await read(LOCK), lock);
    match(await read(DOCS), /"name": "Handbook"/u);
  });

  it("aren't applied to an account that can only be read", async () => {
    await saved(account.server("docs"));
    await account.emulator.set({
      faults: [{ kind: "status", status: 403, code: 10000, match: { method: "PUT" } }],
    });
    await run(COMMANDS.disable, account.capability("tool", "docs", "get_page"));
    await person.message(/wasn't saved/u);
    await edit(DOCS, '"name": "Docs"', '"name": "Handbook"');
    await untilLenses(DOCS, "Differs from the account", "$(diff) Compare");
    await account.emulator.clearLog();
    void run(COMMANDS.applyToAccount, uriOf(DOCS));
    await person.message(/only read|can only|read-only/iu);
    deepEqual(await account.puts(), []);
  });
});
