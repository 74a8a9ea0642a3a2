import { deepEqual, equal, match, ok } from "node:assert/strict";
import * as vscode from "vscode";
import { COMMANDS } from "../../../src/manifest.ts";
import type { Target } from "../../../src/target.ts";
import { message, pasteToken, roots } from "../support/accounts.ts";
import { setUpSuite } from "../support/fixture.ts";
import { filesOfProfile, leftByLast } from "../support/kept.ts";
import { run } from "../support/run.ts";
import { until } from "../support/screen.ts";
import { SecretSearch } from "../support/search.ts";
import { addToken } from "../support/tokens.ts";

/** The window after the one of accounts.before.test.ts. */
describe("Accounts after a restart", () => {
  const { account, person } = setUpSuite({ restart: "after" });

  it("are signed in from the start, and the chosen one is shown", async () => {
    const rows = await until(
      () => roots(account.exports),
      (seen) => seen.length > 0,
    );
    equal(rows.length, 10);
    match(rows.join(), /Docs/u);
    await until(
      () => message(account.exports),
      (text) => text === "",
    );
  });

  it("have left no credential in any file that VS Code wrote", async () => {
    const search = new SecretSearch();
    const tokens = await leftByLast("tokens");
    equal(tokens.length, 2);
    for (const token of tokens) {
      search.add("token", token);
    }
    const written = await filesOfProfile();
    const has = (text: string) => written.some((place) => place.text.includes(text));
    ok(has("docs.example") || has("search_docs"), "the cache isn't there");
    ok(has("mcpPortals.shownAccount"), "the global state isn't there");
    deepEqual(search.find(written), []);
  });

  it("let changes from before the restart be undone step by step, once the person agrees", async () => {
    const alias = async () => {
      const [stored] = (await account.emulator.control("GET", "state")) as readonly [
        { readonly servers: readonly { readonly id: string; readonly updated_tools: unknown }[] },
      ];
      return stored.servers.find(({ id }) => id === "docs")?.updated_tools;
    };
    deepEqual(await alias(), [{ name: "search_docs", alias: "second" }]);
    const once = run(COMMANDS.undo);
    const question = await person.message(/before this one was opened\?$/u);
    deepEqual(await alias(), [{ name: "search_docs", alias: "second" }]);
    question.press("Undo");
    await once;
    deepEqual(await alias(), [{ name: "search_docs", alias: "first" }]);
    const twice = run(COMMANDS.undo);
    (await person.message(/before this one was opened\?$/u)).press("Undo");
    await twice;
    deepEqual(await alias(), []);
    void run(COMMANDS.undo);
    await person.message(/nothing to undo/u);
  });

  it("are known to be read-only, until the token changes", async () => {
    await run(COMMANDS.switchAccount, undefined, undefined, "all");
    await until(
      () => message(account.exports),
      (text) => text.startsWith("Tidewater: Read-only"),
    );
    const [, tidewater] = (await account.exports.tree.getChildren()) ?? [];
    const [intern] = (await account.exports.tree.getChildren(tidewater)) ?? [];
    const item = async () => account.exports.tree.getTreeItem(intern as Target);
    match((await item()).contextValue ?? "", /;readOnly\b/u);
    const accountId = tidewater?.accountId ?? "";
    const uri = vscode.Uri.from({
      scheme: "mcp-portals",
      path: `/${accountId}/servers/intern.mcp-server.json`,
    });
    equal((await vscode.workspace.fs.stat(uri)).permissions, vscode.FilePermission.Readonly);
    const writes = (await account.emulator.log()).filter(({ method }) => method !== "GET");
    deepEqual(
      writes.filter(({ path }) => path.includes(accountId)),
      [],
    );
    await pasteToken(person, await addToken(account.emulator, { accounts: [accountId] }));
    await until(
      () => message(account.exports),
      (text) => text === "",
    );
    equal((await vscode.workspace.fs.stat(uri)).permissions, undefined);
    equal((await item()).contextValue?.includes("readOnly"), false);
  });
});
