import { deepEqual, equal, match, ok } from "node:assert/strict";
import * as vscode from "vscode";
import { COMMANDS, SETTINGS } from "../../../src/manifest.ts";
import { Editing } from "../support/documents.ts";
import { setUpSuite } from "../support/fixture.ts";
import { run } from "../support/run.ts";
import { until } from "../support/screen.ts";
import { storedServer } from "../support/stored.ts";

/** Another administrator saves while a form is open, and the next refresh shows it. */
describe("A form that stays open for a while", () => {
  const suite = setUpSuite({
    afterEach: async () => {
      const patch = { name: "Docs", description: "Search and read the handbook" };
      await suite.account.emulator.write({
        server: "docs",
        patch: { ...patch, updated_tools: [] },
      });
      await run(COMMANDS.refresh);
    },
  });

  async function theirs(patch: Readonly<Record<string, unknown>>): Promise<void> {
    await suite.account.emulator.write({ server: "docs", patch });
    await run(COMMANDS.refresh);
    await suite.account.wire();
  }

  it("saves what was changed in it, and leaves what somebody else has changed", async () => {
    const done = run(COMMANDS.editServer, suite.account.server("docs"));
    await until(
      () => suite.person.asked?.value,
      (value) => value === "Docs",
    );
    await theirs({ name: "Handbook" });
    await suite.person.enter();
    await until(
      () => suite.person.asked?.prompt,
      (prompt) => prompt?.startsWith("Description") === true,
    );
    await suite.person.type("Ours");
    await done;
    deepEqual(await suite.account.puts(), ['PUT /servers/docs {"description":"Ours"}']);
    equal((await storedServer(suite.account.emulator, "docs"))["name"], "Handbook");
    deepEqual(suite.person.messages, []);
  });

  it("asks where both have changed the same", async () => {
    const done = run(
      COMMANDS.editDescription,
      suite.account.capability("tool", "docs", "get_page"),
    );
    await until(
      () => suite.person.asked?.title,
      (title) => title === "Description of get_page",
    );
    await theirs({ updated_tools: [{ name: "get_page", description: "Theirs" }] });
    await suite.person.type("Ours");
    await done;
    const asked = await suite.person.message(/has become "Theirs" meanwhile; yours is "Ours"/u);
    deepEqual(asked.buttons, ["Use Mine", "Keep Theirs"]);
    deepEqual(await suite.account.puts(), []);
  });
});

describe("Add Server…", () => {
  const suite = setUpSuite();

  it("goes on with the last answer, and still has it after Back", async () => {
    const { hostname } = await storedServer(suite.account.emulator, "docs");
    const done = run(COMMANDS.addServer);
    await suite.person.type("Back and Forth");
    await suite.person.type("forth");
    await suite.person.type(String(hostname));
    await suite.person.pick("Bearer token");
    await until(
      () => suite.person.asked?.prompt,
      (prompt) => prompt?.startsWith("The bearer token") === true,
    );
    await suite.person.pressButton("Back");
    await suite.person.pick("Headers");
    await suite.person.untilAsked("Name of the header");
    await suite.person.pressButton("Back");
    await until(
      () => suite.person.active?.label,
      (label) => label === "Headers",
    );
    await suite.person.pick("Not at all");
    await done;
    const [post] = await suite.account.wire();
    match(post ?? "", /^POST \/servers .*"auth_type":"unauthenticated"/u);
    await run(COMMANDS.deleteServer, suite.account.server("forth"), [], "forth");
  });
});

describe("What the person didn't change", () => {
  const suite = setUpSuite();

  it("becomes no override when the upstream's description is saved unchanged", async () => {
    const target = suite.account.capability("tool", "tickets", "get_ticket");
    const done = run(COMMANDS.editDescription, target);
    await suite.person.pressButton("Edit in the Document");
    await done;
    const editing = await Editing.open(suite.account, "tickets");
    await suite.account.wire();
    equal(editing.document.isDirty, true);
    equal(await editing.save(), true);
    deepEqual(await suite.account.puts(), []);
    await editing.untilText((text) => !text.includes('"description": "', 200));
    await editing.close();
  });

  it("stays ignored when another window has added it while the list is open", async () => {
    const { Global } = vscode.ConfigurationTarget;
    const settings = () => vscode.workspace.getConfiguration();
    const entry = (server: string) => ({ rule: "count/over-128", server, name: "" });
    await settings().update(SETTINGS.checksIgnore, [entry("one"), "unreadable"], Global);
    const done = run(COMMANDS.manageIgnored);
    await suite.person.toggle("count/over-128");
    await settings().update(
      SETTINGS.checksIgnore,
      [entry("one"), "unreadable", entry("two")],
      Global,
    );
    await suite.person.accept();
    await done;
    deepEqual(settings().get(SETTINGS.checksIgnore), ["unreadable", entry("two")]);
    await settings().update(SETTINGS.checksIgnore, undefined, Global);
  });
});

describe("A recovery action", () => {
  const suite = setUpSuite();

  it("stands on a failing server's row, best first", async () => {
    const done = run(COMMANDS.fixProblems, suite.account.server("database"));
    const offered = await suite.person.offered();
    deepEqual(
      offered.map(({ label, kind }) =>
        kind === vscode.QuickPickItemKind.Separator ? "---" : label,
      ),
      [
        "Database",
        "Set Upstream Credentials…",
        "Sync Again",
        "Show Log",
        "Ignore health/error for This Server",
        "---",
        "Database",
        "Add to Portal…",
        "Ignore portal/unused-server for This Server",
      ],
    );
    const sentences = offered.flatMap(({ detail }) => detail ?? []);
    equal(sentences.length, 2);
    match(sentences[0] ?? "", /^The upstream refused the credential/u);
    equal(sentences[1], "No portal has this server, so nobody reaches it.");
    await suite.person.dismissOffered();
    await done;
  });

  it("has the problem above it, which opens in the document", async () => {
    const done = run(
      COMMANDS.fixProblems,
      suite.account.capability("tool", "shop", "search_products"),
    );
    const [heading, ...others] = await suite.person.offered();
    equal(heading?.label, "search_products · Shop");
    ok(heading?.detail);
    deepEqual(
      others.flatMap(({ description, detail }) => description ?? detail ?? []),
      [],
    );
    await suite.person.choose("search_products · Shop");
    await done;
    const editor = vscode.window.activeTextEditor;
    ok(editor);
    match(editor.document.uri.path, /\/shop\.mcp-server\.json$/u);
    match(editor.document.lineAt(editor.selection.active.line).text, /"search_products"/u);
  });

  it("tries again where the API refused a sync, which isn't in Problems", async () => {
    await suite.account.emulator.set({
      faults: [
        { kind: "status", status: 503, match: { method: "POST", path: "/sync$", count: 9 } },
      ],
    });
    await run(COMMANDS.syncServer, suite.account.server("tickets"));
    const told = await suite.person.message(/^Tickets couldn't be synced\./u);
    deepEqual(told.buttons, ["Try Again"]);
    await suite.account.emulator.reset();
    await suite.account.wire();
    told.press("Try Again");
    await until(
      () => suite.account.emulator.log(),
      (log) => log.some(({ method, path }) => method === "POST" && path.endsWith("tickets/sync")),
    );
  });

  it("repeats the undo that failed, after which there is nothing left to undo", async () => {
    const tool = suite.account.capability("tool", "tickets", "log_work");
    await run(COMMANDS.disable, tool);
    await suite.account.emulator.set({
      faults: [{ kind: "status", status: 503, match: { method: "PUT", count: 9 } }],
    });
    await run(COMMANDS.undo);
    const told = await suite.person.message(/wasn't saved/u);
    await suite.account.emulator.reset();
    told.press("Try Again");
    await until(
      async () => (await storedServer(suite.account.emulator, "tickets"))["updated_tools"],
      (entries) => JSON.stringify(entries).includes("log_work") === false,
    );
    void run(COMMANDS.undo);
    await suite.person.message(/nothing to undo/u);
  });

  it("opens the network settings, which apply at once", async () => {
    const http = () => vscode.workspace.getConfiguration("http");
    await suite.account.emulator.set({
      faults: [{ kind: "reset", match: { method: "GET", path: "/servers$", count: 0 } }],
    });
    void run(COMMANDS.refresh);
    await suite.person.message(/couldn't be refreshed/u);
    await suite.account.emulator.reset();
    await suite.account.wire();
    await http().update("noProxy", ["127.0.0.1"], vscode.ConfigurationTarget.Global);
    await until(
      () => suite.account.emulator.log(),
      (log) => log.some(({ method, path }) => method === "GET" && path.endsWith("/servers")),
    );
    await http().update("noProxy", undefined, vscode.ConfigurationTarget.Global);
  });
});
