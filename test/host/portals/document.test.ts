import { deepEqual, equal, ok } from "node:assert/strict";
import * as vscode from "vscode";
import { COMMANDS } from "../../../src/manifest.ts";
import { Editing } from "../support/documents.ts";
import { setUpSuite } from "../support/fixture.ts";
import { run } from "../support/run.ts";
import { until } from "../support/screen.ts";

interface Sent {
  readonly server_id: string;
  readonly updated_tools: readonly { readonly name: string }[];
}

describe("A portal's document", () => {
  const { account, person } = setUpSuite({ freshEmulator: true });
  let editing: Editing;
  beforeEach(async () => {
    editing = await Editing.open(account, "engineering", "portal");
    await account.emulator.clearLog();
  });
  afterEach(() => editing.close());

  const address = () => ({ accountId: account.emulator.accountId, portalId: "engineering" });

  async function foreign(patch: Readonly<Record<string, unknown>>): Promise<void> {
    await account.emulator.write({ portal: "engineering", patch });
    await run(COMMANDS.refresh);
  }

  /** The only PUT of the log. */
  async function sent(): Promise<Readonly<Record<string, unknown>>> {
    const [body, ...more] = await account.putBodies();
    deepEqual(more, []);
    ok(typeof body === "object" && body !== null);
    return { ...body };
  }

  async function sentOf(serverId: string): Promise<Sent | undefined> {
    const { servers } = await sent();
    ok(Array.isArray(servers));
    return servers.find((each: Sent) => each.server_id === serverId);
  }

  it("lists the portal, its servers, and each tool with what the portal has of its own", async () => {
    const { servers, ...own } = JSON.parse(editing.text);
    deepEqual(own, {
      name: "Engineering",
      hostname: "mcp.harborlane.example",
      description: "Everything that is needed to build and run the product",
      secure_web_gateway: false,
      code_mode: "default_on",
    });
    deepEqual(Object.keys(servers), ["docs", "observability", "tickets"]);
    const { tools, ...mapping } = servers.observability;
    deepEqual(mapping, {
      default_disabled: false,
      on_behalf: true,
      prompts: servers.observability.prompts,
    });
    deepEqual(tools.query_logs, {
      enabled: true,
      description: "Searches the logs of production.",
    });
    deepEqual(Object.entries(tools).at(-1), [
      "export_traces",
      { enabled: true, alias: "download_traces" },
    ]);
    await until(
      () => editing.problems.map((problem) => problem.split(":")[0]),
      (problems) =>
        problems.join() === '"docs" reach/no-policy,"export_traces" portal/orphan-override',
    );
    equal(editing.document.languageId, "mcp-portal");
  });

  it("opens from the portal's row and from a script, and at the line of a tool", async () => {
    await run("workbench.action.closeAllEditors");
    await run(COMMANDS.openPortal, { kind: "portal", ...address() });
    equal(vscode.window.activeTextEditor?.document.uri.toString(), editing.document.uri.toString());
    const item = await account.exports.portals.getTreeItem({
      kind: "tool",
      ...address(),
      serverId: "docs",
      name: "get_page",
    });
    await run(item.command?.command ?? "", ...(item.command?.arguments ?? []));
    const editor = vscode.window.activeTextEditor;
    ok(editor?.document.lineAt(editor.selection.active).text.includes('"get_page"'));
  });

  it("saves ten changes with one write, and reads them back", async () => {
    await editing.replaceAll(
      editing.text
        .replace('"Engineering"', '"Engineers"')
        .replace('"default_on"', '"opt_in"')
        .replace('"get_page": { "enabled": true }', '"get_page": { "enabled": false }')
        .replace(
          '"search_docs": { "enabled": true }',
          '"search_docs": { "enabled": true, "alias": "find" }',
        ),
    );
    equal(await editing.save(), true);
    const path = "/portals/engineering";
    deepEqual(
      (await account.wire()).map((line) => line.split(" ").slice(0, 2).join(" ")),
      [`GET ${path}`, `PUT ${path}`, `GET ${path}`],
    );
    await editing.untilText((text) => text.includes('"Engineers"') && text.includes('"find"'));
    equal(editing.document.isDirty, false);
  });

  it("sends what changed and nothing of the server's own layer", async () => {
    await editing.replace(
      '"search_docs": { "enabled": true }',
      '"search_docs": { "enabled": true, "alias": "find" }',
    );
    equal(await editing.save(), true);
    deepEqual(Object.keys(await sent()), ["servers"]);
    const docs = await sentOf("docs");
    deepEqual(
      docs?.updated_tools.filter(({ name }) => name === "search_docs"),
      [{ name: "search_docs", enabled: true, alias: "find" }],
    );
  });

  it("shows behind each tool its exposed name and the layer that gives it, also before saving", async () => {
    const hints = () => editing.hints();
    const before = await hints();
    ok(
      before.includes('"get_page": { "enabled": true }, docs_get_page · upstream'),
      before.join("\n"),
    );
    ok(before.some((hint) => hint.endsWith("observability_slow_requests · portal")));
    ok(before.some((hint) => hint.includes('"delete_ticket"') && hint.endsWith("not exposed")));
    ok(!before.some((hint) => hint.includes("export_traces")));
    await editing.replace(
      '"get_page": { "enabled": true }',
      '"get_page": { "enabled": true, "alias": "page" }',
    );
    ok((await hints()).some((hint) => hint.endsWith("docs_page · portal")));
  });

  it("shows what can be done above the portal and above each server", async () => {
    const lenses = await editing.lenses();
    deepEqual(lenses.slice(0, 2), ["$(add) Add Servers…", "mcp.harborlane.example"]);
    deepEqual(
      lenses.slice(2).map((title) => title.replace(/\d+ of \d+ enabled$/u, "some enabled")),
      [
        "$(sync) Sync Docs",
        "Docs: some enabled",
        "$(sync) Sync Observability",
        "Observability: some enabled",
        "$(sync) Sync Tickets",
        "Tickets: some enabled",
      ],
    );
  });

  it("completes servers that the portal doesn't have, and tools that the text leaves out", async () => {
    await editing.replace('"servers": {', '"servers": { "",');
    const ids = await completed(editing.text.indexOf('"",') + 1);
    ok(ids.includes("shop") && !ids.includes("docs"), ids.join());
    await editing.replace('"",', "");
    await editing.replace('"get_page": { "enabled": true }', '""');
    const names = await completed(
      editing.text.indexOf('""\n') + 1 || editing.text.indexOf('"",') + 1,
    );
    ok(names.includes("get_page") && !names.includes("search_docs"), names.join());
  });

  it("completes the policies of Code Mode", async () => {
    const offset = editing.text.indexOf('"default_on"') + 1;
    await until(
      () => completed(offset),
      (labels) => labels.some((label) => label.includes("enforced")),
    );
  });

  it("explains a tool by its layers, and a property by its meaning", async () => {
    const said = await editing.hover('"find_slow_traces"');
    ok(said.includes("slow_requests (from the portal)"), said);
    ok(said.includes("Name at the upstream: find_slow_traces"), said);
    await until(
      () => editing.hover('"on_behalf"'),
      (words) => words.includes("each user signs in"),
    );
  });

  it("asks before a server goes, and removes its mapping", async () => {
    const { docs: _, ...servers } = JSON.parse(editing.text).servers;
    const text = `${JSON.stringify({ ...JSON.parse(editing.text), servers }, undefined, 2)}\n`;
    await editing.replaceAll(text);
    const declined = editing.save();
    (await person.message(/Remove Docs from Engineering/u)).press("Cancel");
    equal(await declined, false);
    deepEqual(await account.putBodies(), []);
    person.forget();
    const accepted = editing.save();
    (await person.message(/Remove Docs from Engineering/u)).press("Remove");
    equal(await accepted, true);
    equal(await sentOf("docs"), undefined);
    await editing.untilText((now) => !now.includes('"docs"'));
  });

  it("adds a server whose id is added", async () => {
    await editing.replace('"servers": {', '"servers": { "shop": { "on_behalf": false },');
    equal(await editing.save(), true);
    deepEqual(await sentOf("shop"), {
      server_id: "shop",
      default_disabled: false,
      on_behalf: false,
      updated_tools: [],
      updated_prompts: [],
    });
    await editing.untilText((text) => text.includes('"list_orders"'));
  });

  it("is checked while it is typed, and isn't saved with a mistake", async () => {
    await editing.replace('"mcp.harborlane.example"', '"support-mcp.harborlane.example"');
    await editing.replace('"get_page"', '"get_pages"');
    await until(
      () => editing.problems,
      (problems) => problems.length === 3,
    );
    deepEqual(editing.problems.map((problem) => problem.split(":")[0]).toSorted(), [
      '"export_traces" portal/orphan-override',
      '"get_pages" document/unknown-name',
      '"support-mcp.harborlane.example" document/value',
    ]);
    equal(await editing.save(), false);
    deepEqual(await account.wire(), []);
  });

  it("that changes more than ten tools asks first", async () => {
    await editing.replaceAll(editing.text.replaceAll('"enabled": true', '"enabled": false'));
    const declined = editing.save();
    await person.untilShown(/Save \d+ changes/);
    await person.choose("Don't Save");
    equal(await declined, false);
    deepEqual(await account.putBodies(), []);
  });

  it("merges what somebody else saved meanwhile, and says that there is something newer", async () => {
    await editing.replace('"get_page": { "enabled": true }', '"get_page": { "enabled": false }');
    await foreign({ name: "Theirs" });
    const told = await person.message(/has changed at Cloudflare/);
    deepEqual(told.buttons, ["Show Differences"]);
    ok((await editing.lenses()).some((title) => title.includes("Newer at Cloudflare")));
    equal(await editing.save(), true);
    deepEqual(Object.keys(await sent()), ["servers"]);
    await editing.untilText((text) => text.includes('"Theirs"') && text.includes("false }"));
  });

  it("asks where both changed the same, and keeps the text until it is decided", async () => {
    await editing.replace('"Engineering"', '"Mine"');
    await account.emulator.write({ portal: "engineering", patch: { name: "Theirs" } });
    const saving = editing.save();
    await person.untilShown(/changed by somebody else too/);
    await run("workbench.action.closeQuickOpen");
    equal(await saving, false);
    ok(editing.document.isDirty && editing.text.includes('"Mine"'));
    deepEqual(await account.putBodies(), []);
    const again = editing.save();
    await person.untilShown(/changed by somebody else too/);
    await person.choose("Use Mine");
    equal(await again, true);
    deepEqual(await sent(), { name: "Mine" });
  });

  it("is read-only as soon as it is known that the account is", async () => {
    await account.emulator.set({
      faults: [{ kind: "status", status: 403, code: 10000, match: { method: "PUT" } }],
    });
    await run(COMMANDS.editPortal, { kind: "portal", ...address() }, undefined, "Builders");
    await person.message(/wasn't saved/);
    const { permissions } = await vscode.workspace.fs.stat(editing.document.uri);
    equal(permissions, vscode.FilePermission.Readonly);
  });

  it("follows the portal while it is clean", async () => {
    await foreign({ name: "Theirs" });
    await editing.untilText((text) => text.includes('"Theirs"'));
    equal(editing.document.isDirty, false);
  });

  it("is undone as a step of its own", async () => {
    await editing.replace('"Engineering"', '"Engineers"');
    equal(await editing.save(), true);
    await editing.untilText((text) => text.includes('"Engineers"'));
    await run(COMMANDS.undo);
    await editing.untilText((text) => text.includes('"Engineering"'));
  });

  it("offers Show Problems where Cloudflare says what it refuses, and shows it at the property", async () => {
    const body = JSON.stringify({
      success: false,
      errors: [{ code: 7001, message: "Too silly", path: ["body", "name"] }],
      result: {},
    });
    await account.emulator.set({
      faults: [{ kind: "body", status: 400, body, match: { method: "PUT" } }],
    });
    await editing.replace('"Engineering"', '"Silly"');
    equal(await editing.save(), false);
    const told = await person.message(/wasn't saved/u);
    deepEqual(told.buttons, ["Show Problems"]);
    await until(
      () => editing.problems,
      (problems) => problems.some((problem) => problem.endsWith("api/7001: Too silly")),
    );
    ok(editing.document.isDirty && editing.text.includes('"Silly"'));
  });

  async function completed(offset: number): Promise<readonly string[]> {
    const list = await run<vscode.CompletionList>(
      "vscode.executeCompletionItemProvider",
      editing.document.uri,
      editing.document.positionAt(offset),
    );
    return list.items.map(({ label }) => (typeof label === "string" ? label : label.label));
  }
});
