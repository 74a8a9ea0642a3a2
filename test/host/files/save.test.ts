import { deepEqual, equal, match, ok } from "node:assert/strict";
import * as vscode from "vscode";
import { COMMANDS } from "../../../src/manifest.ts";
import { setUpSuite } from "../support/fixture.ts";
import { run } from "../support/run.ts";
import { clear, edit, keepUnsaved, read, uriOf, write } from "./support/workspace.ts";

const DOCS = "servers/docs.mcp-server.json";

describe("Saving servers and portals to the workspace", () => {
  const { account, person } = setUpSuite({ freshEmulator: true, afterEach: clear });
  keepUnsaved();

  function portal(portalId: string) {
    return { kind: "portal", accountId: account.emulator.accountId, portalId };
  }

  it("writes a server with its schemas and the lock file, and opens it", async () => {
    await run(COMMANDS.saveToWorkspace, account.server("docs"));
    const text = await read(DOCS);
    match(text, /^\{\n {2}"\$schema": "\.\.\/schemas\/mcp-server\.schema\.json",\n/u);
    ok(text.includes('"name": "Docs",'), text);
    match(text, /"hostname": "https:/u);
    equal(vscode.window.activeTextEditor?.document.uri.path, uriOf(DOCS).path);
    const lock = JSON.parse(await read("mcp-portals.lock.json"));
    equal(lock.account, account.emulator.accountId);
    deepEqual(Object.keys(lock.pulled.servers), ["docs"]);
    equal(lock.accepted.docs.reviewed, false);
    match(await read("schemas/mcp-server.schema.json"), /"title": "MCP server"/u);
    deepEqual(await account.puts(), []);
  });

  it("writes several rows of both views, and all of an account's row", async () => {
    await run(COMMANDS.saveToWorkspace, account.server("docs"), [
      account.server("docs"),
      account.server("shop"),
      portal("engineering"),
    ]);
    const lock = JSON.parse(await read("mcp-portals.lock.json"));
    deepEqual(
      [Object.keys(lock.pulled.servers), Object.keys(lock.pulled.portals)],
      [["docs", "shop"], ["engineering"]],
    );
    match(await read("portals/engineering.mcp-portal.json"), /"hostname"/u);
    await run(COMMANDS.saveToWorkspace, {
      kind: "account",
      accountId: account.emulator.accountId,
    });
    const files = await vscode.workspace.fs.readDirectory(uriOf("servers"));
    ok(files.length > 2, `${files.length}`);
  });

  it("asks from the palette which ones to save", async () => {
    const done = run(COMMANDS.saveToWorkspace);
    await person.toggle("Docs");
    await person.accept();
    await done;
    match(await read(DOCS), /"name": "Docs"/u);
  });

  it("keeps comments and order of a file, and replaces without asking what has no edits", async () => {
    await run(COMMANDS.saveToWorkspace, account.server("docs"));
    await write(DOCS, `// Ours.\n${await read(DOCS)}`);
    await account.emulator.write({ server: "docs", patch: { name: "Handbook" } });
    await run(COMMANDS.refresh);
    await run(COMMANDS.saveToWorkspace, account.server("docs"));
    const text = await read(DOCS);
    ok(text.startsWith("// Ours.\n{"), text);
    ok(text.includes('"name": "Handbook"'), text);
  });

  it("never replaces unsaved or unapplied changes without asking", async () => {
    await run(COMMANDS.saveToWorkspace, account.server("docs"));
    const document = await edit(DOCS, '"name": "Docs"', '"name": "Mine"');
    const first = run(COMMANDS.saveToWorkspace, account.server("docs"));
    (await person.message(/Replace what servers\/docs\.mcp-server\.json says/u)).press("Cancel");
    await first;
    ok(document.isDirty);
    ok(document.getText().includes('"name": "Mine"'));

    ok(await document.save());
    person.forget();
    const second = run(COMMANDS.saveToWorkspace, account.server("docs"));
    const asked = await person.message(/Replace what/u);
    deepEqual(asked.buttons, ["Replace", "Compare"]);
    asked.press("Compare");
    await second;
    ok((await read(DOCS)).includes('"name": "Mine"'));
    ok(vscode.window.tabGroups.activeTabGroup.activeTab?.input instanceof vscode.TabInputTextDiff);

    person.forget();
    const third = run(COMMANDS.saveToWorkspace, account.server("docs"));
    (await person.message(/Replace what/u)).press("Replace");
    await third;
    ok((await read(DOCS)).includes('"name": "Docs"'));
  });

  it("writes nothing over the lock file of another account, and says so", async () => {
    await write(
      "mcp-portals.lock.json",
      JSON.stringify({
        version: 1,
        account: "0".repeat(32),
        accepted: {},
        pulled: { servers: {}, portals: {} },
      }),
    );
    const done = run(COMMANDS.saveToWorkspace, account.server("docs"));
    const said = await person.message(/Nothing was saved/u);
    match(said.text, /mcp-portals\.lock\.json:1: It is of another account/u);
    said.press("");
    await done;
    deepEqual(
      (await vscode.workspace.fs.readDirectory(uriOf("."))).map(([name]) => name),
      ["mcp-portals.lock.json"],
    );
  });
});
