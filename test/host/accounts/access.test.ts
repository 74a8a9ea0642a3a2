import { deepEqual, equal, match, rejects } from "node:assert/strict";
import * as vscode from "vscode";
import type { Exports } from "../../../src/extension.ts";
import { COMMANDS, type Target } from "../../../src/manifest.ts";
import type { Emulator } from "../../harness/emulator.ts";
import { message, pasteToken, signOutAll } from "../support/accounts.ts";
import { startTestEmulator } from "../support/emulator.ts";
import { QuickInputDriver } from "../support/person.ts";
import { run } from "../support/run.ts";
import { serverRow, until } from "../support/screen.ts";
import { activated, setApiRoot } from "../support/signedIn.ts";
import { addToken, changeToken } from "../support/tokens.ts";

describe("What a credential is good for", () => {
  let exports: Exports;
  let emulator: Emulator;
  let person: QuickInputDriver;
  let token: string;
  let tool: Target;
  let server: Target;

  before(async () => {
    exports = await activated();
    person = new QuickInputDriver();
  });
  beforeEach(async () => {
    emulator = await startTestEmulator();
    await setApiRoot(emulator.url);
    const { accountId } = emulator;
    server = { kind: "server", accountId, serverId: "docs" };
    tool = { kind: "tool", accountId, serverId: "docs", name: "search_docs" };
  });
  afterEach(async () => {
    await signOutAll(exports);
    await setApiRoot(undefined);
    await emulator.stop();
    person.messages.length = 0;
  });
  after(() => person.leave());

  const signInWith = async (permission: "read" | "write") => {
    token = await addToken(emulator, { permission, accounts: [emulator.accountId] });
    await pasteToken(person, token);
    await until(
      () => serverRow(exports, "Docs"),
      (row) => row !== undefined,
    );
  };
  const itemOf = (node: Target) => exports.tree.getTreeItem(node);
  const rename = (alias: string) => run(COMMANDS.editAlias, tool, [], alias);
  const writes = async () =>
    (await emulator.log()).filter(({ method }) => method !== "GET").map(({ status }) => status);

  it("may be to read: learned from the first write, then nothing offers to write", async () => {
    await signInWith("read");
    equal(message(exports), "");
    equal((await itemOf(tool)).checkboxState !== undefined, true);
    void rename("find_docs");
    await until(
      () => message(exports),
      (text) => text.includes("Read-only"),
    );
    equal(message(exports), "Read-only: the credential lacks the permission MCP Portals Write.");
    for (const node of [server, tool]) {
      const { checkboxState, contextValue } = await itemOf(node);
      equal(checkboxState, undefined);
      match(contextValue ?? "", /;readOnly$/u);
    }
    deepEqual(await writes(), [403]);
  });

  it("may be to read: a sync tells too, and later commands say why they do nothing", async () => {
    await signInWith("read");
    await run(COMMANDS.syncServer, server);
    await until(
      () => message(exports),
      (text) => text.includes("Read-only"),
    );
    await emulator.clearLog();
    person.messages.length = 0;
    await rename("find_docs");
    await person.message(/is read-only: its credential lacks the permission/u);
    await run(COMMANDS.syncAll);
    await person.message(/is read-only/u);
    deepEqual(await writes(), []);
  });

  it("may be to read: documents are read-only", async () => {
    await signInWith("read");
    const uri = vscode.Uri.from({
      scheme: "mcp-portals",
      path: `/${emulator.accountId}/servers/docs.mcp-server.json`,
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

  it("may be to read: problems offer only what this machine keeps", async () => {
    await signInWith("read");
    const titles = async (serverId: string): Promise<readonly string[]> => {
      const path = `/${emulator.accountId}/servers/${serverId}.mcp-server.json`;
      const uri = vscode.Uri.from({ scheme: "mcp-portals", path });
      await vscode.workspace.openTextDocument(uri);
      const found = await Promise.all(
        vscode.languages
          .getDiagnostics(uri)
          .map(({ range }) =>
            run<vscode.CodeAction[]>(
              "vscode.executeCodeActionProvider",
              uri,
              range,
              vscode.CodeActionKind.QuickFix.value,
            ),
          ),
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
      () => message(exports),
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

  it("is learned anew with another credential", async () => {
    await signInWith("read");
    await run(COMMANDS.syncServer, server);
    await until(
      () => message(exports),
      (text) => text.includes("Read-only"),
    );
    await signInWith("write");
    equal(message(exports), "");
    await rename("find_docs");
    await until(
      () => serverRow(exports, "Docs"),
      (row) => JSON.stringify(row).includes('"find_docs"'),
    );
  });

  it("may end in the middle of work: data stays, one message, and the edit goes on", async () => {
    await signInWith("write");
    await changeToken(emulator, token, { accounts: [emulator.accountId], status: "expired" });
    const saved = rename("find_docs");
    const offer = await person.message(/no longer accepts the sign-in of Harborlane/u);
    deepEqual(offer.buttons, ["Sign In…"]);
    match(message(exports), /^Cloudflare no longer accepts this sign-in/u);
    void run(COMMANDS.refresh);
    await until(
      () => message(exports),
      (text) => /Showing the servers as of/u.test(text),
    );
    const row = await serverRow(exports, "Docs");
    match(JSON.stringify(row), /"find_docs"/u);
    deepEqual(await writes(), []);

    const next = await addToken(emulator, { accounts: [emulator.accountId] });
    offer.press("Sign In…");
    await person.pick("Paste an API token");
    await person.type(next);
    await saved;
    await until(
      () => message(exports),
      (text) => text === "",
    );
    deepEqual(await writes(), [200]);
    deepEqual(
      person.messages.map(({ text }) => text),
      [],
    );
    const state = await emulator.control("GET", "state");
    match(JSON.stringify(state), /"alias":"find_docs"/u);
  });

  it("may end between reading and writing: the edit begins anew with the next one", async () => {
    await signInWith("write");
    await emulator.set({
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
    await emulator.clearLog();
    offer.press("Sign In…");
    await person.pick("Paste an API token");
    await person.type(await addToken(emulator, { accounts: [emulator.accountId] }));
    await saved;
    deepEqual(await writes(), [200]);
    const order = (await emulator.log())
      .filter(({ path }) => path.endsWith("/servers/docs"))
      .map(({ method }) => method);
    deepEqual(order, ["GET", "PUT", "GET"]);
  });

  it("is asked for again for that account alone, at its own API root", async () => {
    await signInWith("write");
    await changeToken(emulator, token, { accounts: [emulator.accountId], status: "disabled" });
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
    await person.type(await addToken(emulator, { accounts: ["0".repeat(32)] }));
    match(await person.complaint(), /may not read MCP portals in this account/u);
    await person.dismiss();
  });
});
