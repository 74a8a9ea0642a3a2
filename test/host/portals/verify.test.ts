import { deepEqual, equal, match, ok } from "node:assert/strict";
import * as vscode from "vscode";
import { COMMANDS, VIEWS } from "../../../src/manifest.ts";
import type { Row } from "../../../src/target.ts";
import { setUpSuite } from "../support/fixture.ts";
import { Replacements } from "../support/replacements.ts";
import { run } from "../support/run.ts";
import { problems, until } from "../support/screen.ts";
import { connectText, letBotsInto, type ServiceClient } from "../support/serviceTokens.ts";

/** A node of the tree, whatever its kind. */
type Node = object;

describe("Compare with the Live Portal", () => {
  const { account, person } = setUpSuite();
  const replacements = new Replacements();
  let client: ServiceClient;
  let rows: vscode.TreeDataProvider<Node> | undefined;

  before(async () => {
    client = await letBotsInto(account.emulator, [
      "Support",
      "Engineering",
      "Tickets",
      "Observability",
    ]);
    // The view is made with the first comparison.
    replacements.replace(
      vscode.window,
      "createTreeView",
      (real) => (id: string, options: vscode.TreeViewOptions<Node>) => {
        rows = id === VIEWS.live ? options.treeDataProvider : rows;
        return real(id, options);
      },
    );
  });
  after(() => replacements.end());
  afterEach(async () => {
    await run(COMMANDS.clearLive);
    await run(COMMANDS.disconnectPortal, portal("support"));
    await run(COMMANDS.disconnectPortal, portal("engineering"));
    person.forget();
  });

  const portal = (portalId: string): Row => ({
    kind: "portal",
    accountId: account.emulator.accountId,
    portalId,
  });
  const connect = (portalId: string, way = "allTools") =>
    run(COMMANDS.connectPortal, portal(portalId), undefined, connectText(way, client));
  const compare = (portalId: string, how?: string) =>
    run(COMMANDS.verifyPortal, portal(portalId), undefined, how);

  /** The whole view, each row as its label and description, indented. */
  async function shown(node?: Node, indent = ""): Promise<readonly string[]> {
    const children = (await rows?.getChildren(node)) ?? [];
    const lines = await Promise.all(
      children.map(async (child) => {
        const item = await rows?.getTreeItem(child);
        const line = `${indent}${String(item?.label)} ${String(item?.description ?? "")}`.trimEnd();
        return [line, ...(await shown(child, `${indent}  `))];
      }),
    );
    return lines.flat();
  }
  /** The rows of the engineers' comparison with this in them, as soon as there are some. */
  const comparedUntil = async (part: string): Promise<readonly string[]> => {
    const isMeant = (line: string): boolean => line.includes(part);
    const all = await until(
      async () => {
        await compare("engineering");
        return shown();
      },
      (lines) => lines.some(isMeant),
    );
    return all.filter(isMeant);
  };
  const live = (): readonly string[] => problems().filter((line) => line.includes(" live/"));
  const words = (line: string): string => line.replace(/^.*? live\//u, "live/");

  it("is offered by the message that tells of connecting", async () => {
    await connect("support");
    const told = await person.message(/^Added Support to VS Code's MCP servers\. VS Code connects/);
    deepEqual(told.buttons, ["Compare with the Live Portal"]);
    told.press("Compare with the Live Portal");
    await person.message(/^Support: VS Code doesn't get what it should get: /);
  });

  it("explains what a service token doesn't get, in the view and in Problems", async () => {
    await connect("support");
    await compare("support");
    const message = await person.message(/^Support: VS Code doesn't get what it should get: /);
    deepEqual(message.buttons, ["Show Comparison"]);
    const [root, ...rest] = await shown();
    match(root ?? "", /^Support \d+ as expected, 3 missing$/u);
    const why = "A service token doesn't see Shop: it requires user auth.";
    deepEqual(rest.slice(0, 5), [
      "  Missing 3",
      `    ${why} 3`,
      "      shop_get_order",
      "      shop_list_orders",
      "      shop_stock",
    ]);
    const [expected, own, ...others] = rest.slice(5);
    match(expected ?? "", /^ {2}As expected \d+$/u);
    match(own ?? "", /^ {4}The portal's own \d+$/u);
    const tickets = others.filter((line) => /^ {4}tickets_/u.test(line));
    ok(tickets.includes("    tickets_search_tickets"));
    deepEqual(tickets, [...tickets].sort());
    const told = await until(live, (lines) => lines.length === 3);
    ok(told.every((line) => line.startsWith("support.mcp-portal.json:")));
    deepEqual(told.map(words).sort(), [
      `live/missing: VS Code doesn't have shop_get_order. ${why}`,
      `live/missing: VS Code doesn't have shop_list_orders. ${why}`,
      `live/missing: VS Code doesn't have shop_stock. ${why}`,
    ]);
  });

  it("finds all as promised on reconnecting, once that is mended", async () => {
    await connect("support");
    const shop: Row = { ...portal("support"), kind: "mapping", serverId: "shop" } as Row;
    await compare("support");
    await until(live, (lines) => lines.length === 3);
    await run(COMMANDS.useAdminCredential, shop);
    await letBotsInto(account.emulator, ["Shop"]);
    await compare("support", "reconnect");
    await person.message(/^Support: VS Code gets what it should get, \d+ as expected\.$/);
    await until(live, (lines) => lines.length === 0);
    await run(COMMANDS.requireUserAuth, shop);
  });

  it("moves what VS Code takes in later to what is as expected, and back, unasked", async () => {
    await connect("support");
    await compare("support");
    await until(live, (lines) => lines.length === 3);
    const shop: Row = { ...portal("support"), kind: "mapping", serverId: "shop" } as Row;
    await letBotsInto(account.emulator, ["Shop"]);
    await run(COMMANDS.useAdminCredential, shop);
    await connect("support");
    await until(shown, (lines) => /^Support \d+ as expected$/u.test(lines[0] ?? ""));
    await until(live, (lines) => lines.length === 0);
    await run(COMMANDS.requireUserAuth, shop);
    await connect("support");
    await until(shown, (lines) => /^Support \d+ as expected, 3 missing$/u.test(lines[0] ?? ""));
    await until(live, (lines) => lines.length === 3);
  });

  it("sees that VS Code connected before a change", async () => {
    await connect("support");
    await compare("support");
    // A change of the portal itself makes VS Code reconnect, one of a server doesn't.
    const tool = (name: string): Row => account.capability("tool", "tickets", name);
    await run(COMMANDS.editAlias, tool("search_tickets"), undefined, "find_tickets");
    await run(COMMANDS.editDescription, tool("get_ticket"), undefined, "Reads one.");
    await compare("support");
    const now = await shown();
    const late = "VS Code connected before that";
    deepEqual(now.slice(now.indexOf("  Unexpected 1"), now.indexOf("  Different 1") + 3), [
      "  Unexpected 1",
      `    It is called tickets_find_tickets now. ${late}: reconnect it. 1`,
      "      tickets_search_tickets",
      "  Different 1",
      `    Its description is another one: ${late} changed. Reconnect VS Code. 1`,
      "      tickets_get_ticket",
    ]);
    await compare("support", "reconnect");
    await until(shown, (lines) => /^Support \d+ as expected, 3 missing$/u.test(lines[0] ?? ""));
    await run(COMMANDS.resetOverrides, tool("search_tickets"));
    await run(COMMANDS.resetOverrides, tool("get_ticket"));
  });

  it("names the application that has no policy, and the rule by which VS Code leaves a tool out", async () => {
    await run(COMMANDS.useAdminCredential, mapping("tickets"));
    await run(COMMANDS.useAdminCredential, mapping("observability"));
    await run(COMMANDS.useAdminCredential, mapping("docs"));
    await connect("engineering");
    // VS Code may still be taking in the others.
    const missing = await comparedUntil("      docs_");
    const all = await shown();
    for (const line of missing) {
      const reason = all.slice(0, all.indexOf(line)).findLast((each) => /^ {4}\S/u.test(each));
      match(reason ?? "", /Docs.* no Service Auth policy/u);
    }
    const out =
      "    VS Code leaves it out, as foreseen. /inputSchema/properties/owner/properties/team/required has a value that JSON Schema doesn't allow there. 1";
    // VS Code may take the schema of one tool for that of another that arrives with it.
    const { lines, names } = await until(
      async () => {
        await compare("engineering", "reconnect");
        return { lines: await shown(), names: observabilityTools() };
      },
      ({ lines, names }) => lines.includes(out) && names.includes("observability_render_panel"),
    );
    equal(lines[lines.indexOf(out) + 1], "      observability_list_dashboards");
    ok(!names.includes("observability_list_dashboards"), names.join());
    ok(!live().some((line) => line.includes("list_dashboards")));
    for (const serverId of ["tickets", "observability", "docs"]) {
      await run(COMMANDS.requireUserAuth, mapping(serverId));
    }
  });

  it("compares the tools that look tools up", async () => {
    await connect("support", "searchAndExecute");
    await compare("support");
    await person.message(/^Support: VS Code gets what it should get/);
    const found = await shown();
    ok(found.includes("      portal_execute"));
    ok(found.some((line) => line.startsWith("    The portal's own ")));
    ok(!found.some((line) => line.includes("tickets_")));
  });

  const observabilityTools = (): readonly string[] =>
    vscode.lm.tools.flatMap(({ name }) => /observability_\w+$/u.exec(name)?.[0] ?? []);

  const mapping = (serverId: string): Row => ({
    kind: "mapping",
    accountId: account.emulator.accountId,
    portalId: "engineering",
    serverId,
  });
});
