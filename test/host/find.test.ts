import { deepEqual, equal, match, ok } from "node:assert/strict";
import * as vscode from "vscode";
import { COMMANDS } from "../../src/contributions.ts";
import { Person } from "./support/person.ts";
import { until } from "./support/screen.ts";
import { type SignedIn, signIn } from "./support/signedIn.ts";

describe("Find Tool or Prompt", () => {
  let account: SignedIn;
  let person: Person;
  let done: Thenable<unknown>;
  before(async () => {
    account = await signIn();
  });
  beforeEach(async () => {
    person = new Person();
    done = vscode.commands.executeCommand(COMMANDS.find);
    await until(
      () => person.listed,
      (listed) => listed !== undefined,
    );
  });
  afterEach(async () => {
    if (person.listed !== undefined) await person.dismiss();
    await done;
    person.leave();
    await account.emulator.reset();
    await account.emulator.clearLog();
  });
  after(() => account.signOut());

  const lines = (items: readonly vscode.QuickPickItem[] = person.listed ?? []): readonly string[] =>
    items.map(({ label, description }) => `${label} (${description})`);

  it("lists what it can, says how much there is, and asks to keep typing", () => {
    equal(person.listed?.length, 200);
    equal(person.title, "Find Tool or Prompt: 200 of 203, keep typing");
  });

  it("finds across servers, best first, with states in words", async () => {
    deepEqual(lines(await person.search("metrics")), [
      "metrics (Observability · tool · query_metrics · overridden)",
    ]);
    deepEqual(lines(await person.search("database runq")), ["run_query (Database (Error) · tool)"]);
    deepEqual(lines(await person.search("delete_dash")), [
      "delete_dashboard (Observability · tool · disabled)",
    ]);
    deepEqual(lines(await person.search("shop_find_product")).slice(0, 1), [
      "find_product (Shop · tool · search_products · overridden · 1 error)",
    ]);
    equal(person.title, "Find Tool or Prompt");
  });

  it("stands in its own order, not in that of VS Code", async () => {
    await person.search("ord");
    await until(
      () => person.active?.label,
      (label) => label === "get_order",
    );
  });

  it("shows where the description speaks of what was looked for", async () => {
    const [found] = await person.search("expression");
    match(found?.detail ?? "", /metrics expression/);
  });

  it("selects what is picked in the tree", async () => {
    await person.search("summarize_incident");
    await person.pick("summarize_incident");
    await done;
    deepEqual(
      await until(
        () => account.exports.view.selection,
        ([row]) => row?.kind === "prompt",
      ),
      [account.capability("prompt", "observability", "summarize_incident")],
    );
  });

  it("stays open over a button, and shows what became of it", async () => {
    await person.search("create_ticket");
    person.pressItemButton("create_ticket", "Disable");
    await until(lines, ([line]) => line === "create_ticket (Tickets · tool · disabled)");
    person.pressItemButton("create_ticket", "Enable");
    await until(lines, ([line]) => line === "create_ticket (Tickets · tool)");
    person.pressItemButton("create_ticket", "Copy Exposed Name");
    await until(
      async () => vscode.env.clipboard.readText(),
      (text) => text === "tickets_create_ticket",
    );
    person.pressItemButton("create_ticket", "Open in the Server's Document");
    await until(
      () => vscode.window.activeTextEditor?.document.uri.path,
      (path) => path?.endsWith("/tickets.mcp-server.json") === true,
    );
    ok(person.listed);
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  });

  it("follows what changes elsewhere meanwhile", async () => {
    await person.search("log_work");
    await account.emulator.write({
      server: "tickets",
      patch: { updated_tools: [{ name: "log_work", enabled: false }] },
    });
    await vscode.commands.executeCommand(COMMANDS.refresh);
    await until(lines, ([line]) => line === "log_work (Tickets · tool · disabled)");
  });

  it("shows names that look like icons and links as text", async () => {
    const alias = "$(trash) [x](command:mcpPortals.signOut)";
    await account.emulator.write({
      server: "docs",
      patch: { updated_tools: [{ name: "get_page", alias }] },
    });
    await vscode.commands.executeCommand(COMMANDS.refresh);
    const [found] = await person.search("$(trash)");
    equal(found?.label, "$\u2060(trash) [x]\u2060(command:mcpPortals.signOut)");
  });
});
