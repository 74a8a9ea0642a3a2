import { deepEqual, equal, match, rejects } from "node:assert/strict";
import * as vscode from "vscode";
import { COMMANDS } from "../../../src/manifest.ts";
import type { Target } from "../../../src/target.ts";
import { message, pasteToken, serversShown } from "../support/accounts.ts";
import { setUpSuite } from "../support/fixture.ts";
import { quickFixesAt } from "../support/quickFixes.ts";
import { run } from "../support/run.ts";
import { serverRow, tooltipOf, until } from "../support/screen.ts";
import { addToken, changeToken } from "../support/tokens.ts";

describe("A credential", () => {
  const { account, person } = setUpSuite({ signedIn: false, freshEmulator: true });
  let token: string;
  let tool: Target;
  let server: Target;

  beforeEach(() => {
    server = account.server("docs");
    tool = account.capability("tool", "docs", "search_docs");
  });

  const signInWith = async (permission: "read" | "write") => {
    token = await addToken(account.emulator, {
      permission,
      accounts: [account.emulator.accountId],
    });
    await pasteToken(person, token);
    await serversShown(account.exports);
  };
  const itemOf = (node: Target) => account.exports.tree.getTreeItem(node);
  const rename = (alias: string) => run(COMMANDS.editAlias, tool, [], alias);
  const writes = async () =>
    (await account.emulator.log())
      .filter(({ method }) => method !== "GET")
      .map(({ status }) => status);

  it("that may only read is known by the first write, after which nothing offers to write", async () => {
    await signInWith("read");
    equal(message(account.exports), "");
    equal((await itemOf(tool)).checkboxState !== undefined, true);
    void rename("find_docs");
    await until(
      () => message(account.exports),
      (text) => text.includes("Read-only"),
    );
    equal(
      message(account.exports),
      "Read-only: the credential lacks the permission MCP Portals Write.",
    );
    for (const node of [server, tool]) {
      const { checkboxState, contextValue } = await itemOf(node);
      equal(checkboxState, undefined);
      match(contextValue ?? "", /;readOnly$/u);
    }
    deepEqual(await writes(), [403]);
  });

  it("that may only read is known by a sync too, and later commands say why they do nothing", async () => {
    await signInWith("read");
    await run(COMMANDS.syncServer, server);
    await until(
      () => message(account.exports),
      (text) => text.includes("Read-only"),
    );
    await account.emulator.clearLog();
    person.messages.length = 0;
    await rename("find_docs");
    await person.message(/is read-only: its credential lacks the permission/u);
    await run(COMMANDS.syncAll);
    await person.message(/is read-only/u);
    deepEqual(await writes(), []);
  });

  it("that may only read makes documents read-only", async () => {
    await signInWith("read");
    const uri = vscode.Uri.from({
      scheme: "mcp-portals",
      path: `/${account.emulator.accountId}/servers/docs.mcp-server.json`,
    });
    await run(COMMANDS.syncServer, server);
    await until(
      async () => (await vscode.workspace.fs.stat(uri)).permissions,
      (permissions) => permissions === vscode.FilePermission.Readonly,
    );
    const text = await vscode.workspace.fs.readFile(uri);
    await rejects(
      async () => vscode.workspace.fs.writeFile(uri, text),
      /NoPermissions|read-?only/iu,
    );
  });

  it("that may only read leaves a failing server's tooltip only what changes nothing", async () => {
    await signInWith("read");
    await run(COMMANDS.syncServer, server);
    const links = async () =>
      (await tooltipOf(account.exports.tree, account.server("database"))).isTrusted;
    await until(
      links,
      (trusted) =>
        typeof trusted === "object" &&
        trusted.enabledCommands.join() === [COMMANDS.showLog, COMMANDS.showDetails].join(),
    );
  });

  it("that may only read leaves problems only the fixes that this machine keeps", async () => {
    await signInWith("read");
    const titles = async (serverId: string): Promise<readonly string[]> => {
      const path = `/${account.emulator.accountId}/servers/${serverId}.mcp-server.json`;
      const uri = vscode.Uri.from({ scheme: "mcp-portals", path });
      await vscode.workspace.openTextDocument(uri);
      const found = await Promise.all(
        vscode.languages.getDiagnostics(uri).map(({ range }) => quickFixesAt(uri, range)),
      );
      return found.flat().map(({ title }) => title);
    };
    const writes = (title: string): boolean => !/^(Ignore|Accept|Show Log|Open in)/u.test(title);
    for (const id of ["browser", "database"]) {
      await until(
        () => titles(id),
        (seen) => seen.some(writes),
      );
    }
    await run(COMMANDS.syncServer, server);
    await until(
      () => message(account.exports),
      (text) => text.includes("Read-only"),
    );
    for (const id of ["browser", "database"]) {
      deepEqual((await titles(id)).filter(writes), []);
    }
    for (const command of [COMMANDS.fixAll, COMMANDS.addServer, COMMANDS.undo]) {
      person.messages.length = 0;
      await run(command);
      await person.message(/is read-only|nothing to undo/u);
    }
  });

  it("that may only read is forgotten when another one is given", async () => {
    await signInWith("read");
    await run(COMMANDS.syncServer, server);
    await until(
      () => message(account.exports),
      (text) => text.includes("Read-only"),
    );
    await signInWith("write");
    equal(message(account.exports), "");
    await rename("find_docs");
    await until(
      () => serverRow(account.exports, "Docs"),
      (row) => JSON.stringify(row).includes('"find_docs"'),
    );
  });

  it("that expires during an edit is asked for in one message, after which the edit is saved", async () => {
    await signInWith("write");
    await changeToken(account.emulator, token, {
      accounts: [account.emulator.accountId],
      status: "expired",
    });
    const saved = rename("find_docs");
    const offer = await person.message(/no longer accepts the sign-in of Harborlane/u);
    deepEqual(offer.buttons, ["Sign In…"]);
    match(message(account.exports), /^Cloudflare no longer accepts this sign-in/u);
    void run(COMMANDS.refresh);
    await until(
      () => message(account.exports),
      (text) => /Showing the servers as of/u.test(text),
    );
    const row = await serverRow(account.exports, "Docs");
    match(JSON.stringify(row), /"find_docs"/u);
    deepEqual(await writes(), []);

    const next = await addToken(account.emulator, { accounts: [account.emulator.accountId] });
    offer.press("Sign In…");
    await person.pick("Paste an API token");
    await person.type(next);
    await saved;
    await until(
      () => message(account.exports),
      (text) => text === "",
    );
    deepEqual(await writes(), [200]);
    deepEqual(
      person.messages.map(({ text }) => text),
      [],
    );
    const state = await account.emulator.control("GET", "state");
    match(JSON.stringify(state), /"alias":"find_docs"/u);
  });

  it("that is refused between reading and writing lets the edit start over with the next one", async () => {
    await signInWith("write");
    await account.emulator.set({
      faults: [
        {
          kind: "status",
          status: 401,
          code: 9109,
          message: "Invalid access token",
          match: { method: "PUT" },
        },
      ],
    });
    const saved = rename("find_docs");
    const offer = await person.message(/no longer accepts the sign-in/u);
    await account.emulator.clearLog();
    offer.press("Sign In…");
    await person.pick("Paste an API token");
    await person.type(await addToken(account.emulator, { accounts: [account.emulator.accountId] }));
    await saved;
    deepEqual(await writes(), [200]);
    const order = (await account.emulator.log())
      .filter(({ path }) => path.endsWith("/servers/docs"))
      .map(({ method }) => method);
    deepEqual(order, ["GET", "PUT", "GET"]);
  });

  it("is asked for again for that account alone, at its own API root", async () => {
    await signInWith("write");
    await changeToken(account.emulator, token, {
      accounts: [account.emulator.accountId],
      status: "disabled",
    });
    void run(COMMANDS.refresh);
    const offer = await person.message(/no longer accepts the sign-in/u);
    offer.press("Sign In…");
    const labels = await until(
      () => person.listed?.map(({ label }) => label),
      (seen) => seen !== undefined,
    );
    equal(
      labels?.some((label) => label.includes("demo")),
      false,
    );
    await person.pick("Paste an API token");
    await person.type(await addToken(account.emulator, { accounts: ["0".repeat(32)] }));
    match(await person.complaint(), /may not read MCP portals in this account/u);
    await person.dismiss();
  });
});
