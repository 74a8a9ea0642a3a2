import { deepEqual, equal, match, ok } from "node:assert/strict";
import * as vscode from "vscode";
import { COMMANDS, SETTINGS } from "../../../src/manifest.ts";
import type { PortalTarget } from "../../../src/target.ts";
import { setUpSuite } from "../support/fixture.ts";
import { run } from "../support/run.ts";
import { portalTreeOf, problems, until } from "../support/screen.ts";

describe("Problems of portals", () => {
  const { account, person } = setUpSuite({ freshEmulator: true, afterEach: tidy });
  async function tidy(): Promise<void> {
    await vscode.workspace
      .getConfiguration()
      .update(SETTINGS.checksIgnore, undefined, vscode.ConfigurationTarget.Global);
  }

  const portal = (portalId: string): PortalTarget & { kind: "portal" } => ({
    kind: "portal",
    accountId: account.emulator.accountId,
    portalId,
  });
  const mapping = (portalId: string, serverId: string): PortalTarget & { kind: "mapping" } => ({
    ...portal(portalId),
    kind: "mapping",
    serverId,
  });
  const tool = (portalId: string, serverId: string, name: string): PortalTarget => ({
    ...mapping(portalId, serverId),
    kind: "tool",
    name,
  });

  const found = (document: string): readonly string[] =>
    problems().filter((line) => line.startsWith(`${document}.mcp-`));

  function told(document: string, rule: string, is = true): Promise<readonly string[]> {
    return until(
      () => found(document).filter((line) => line.includes(` ${rule}: `)),
      (lines) => lines.length > 0 === is,
    );
  }

  const fix = (row: PortalTarget, title: string): Thenable<unknown> =>
    run(COMMANDS.fixProblems, row, undefined, title);

  async function item(node: PortalTarget): Promise<vscode.TreeItem> {
    return account.exports.portals.getTreeItem(node);
  }

  /** The tools of a server as the API has them. */
  async function tools(serverId: string): Promise<readonly { readonly name: string }[]> {
    const { url, accountId, token } = account.emulator;
    const address = `${url}/accounts/${accountId}/access/ai-controls/mcp/servers/${serverId}`;
    const answer = await fetch(address, { headers: { Authorization: `Bearer ${token}` } });
    const { result }: { result: { tools: readonly { readonly name: string }[] } } =
      await answer.json();
    return result.tools;
  }

  it("stand in the portal's document, and count in the badge beside those of servers", async () => {
    const [orphan] = await told("engineering", "portal/orphan-override");
    match(orphan ?? "", /Warning.*export_traces/u);
    equal(account.exports.view.badge?.tooltip, "14 errors, 4 warnings");
  });

  it("mark the rows of the portal and of the mapping, also in their tooltips", async () => {
    for (const node of [portal("engineering"), mapping("engineering", "observability")]) {
      const { contextValue, accessibilityInformation, resourceUri } = await item(node);
      ok(contextValue?.endsWith(";problem"), contextValue);
      ok(accessibilityInformation?.label.endsWith("1 warning"), accessibilityInformation?.label);
      ok(resourceUri !== undefined);
      const tooltip = await account.exports.portals.resolveTreeItem?.(
        await item(node),
        node,
        new vscode.CancellationTokenSource().token,
      );
      ok(typeof tooltip?.tooltip === "object");
      ok(tooltip.tooltip.value.includes("orphan"), tooltip.tooltip.value);
    }
    equal((await item(portal("support"))).resourceUri, undefined);
  });

  it("name the tool whose name another tool of the portal has, and give it another alias", async () => {
    const node = tool("engineering", "observability", "get_trace");
    const collide = async () => {
      const patch = await withAlias("observability", "get_trace", "list_alerts");
      await account.emulator.write({ portal: "engineering", patch });
      await run(COMMANDS.refresh);
    };
    await collide();
    const lines = await told("engineering", "portal/name-collision");
    equal(lines.length, 2);
    const marked = await item(node);
    ok(marked.iconPath instanceof vscode.ThemeIcon);
    equal(marked.iconPath.id, "error");
    await account.wire();
    await fix(node, 'Set Alias to "list_alerts_2"');
    await told("engineering", "portal/name-collision", false);
    equal((await item(node)).label, "list_alerts_2");
    equal((await account.puts()).length, 1);
    await collide();
    await told("engineering", "portal/name-collision");
    await fix(node, "Remove Alias");
    await told("engineering", "portal/name-collision", false);
  });

  /** The mappings of engineering with one alias more, as the API takes them. */
  async function withAlias(serverId: string, name: string, alias: string) {
    const { url, accountId, token } = account.emulator;
    const address = `${url}/accounts/${accountId}/access/ai-controls/mcp/portals/engineering`;
    const answer = await fetch(address, { headers: { Authorization: `Bearer ${token}` } });
    const { result }: { result: { servers: readonly Mapped[] } } = await answer.json();
    return {
      servers: result.servers.map((each) => ({
        server_id: each.id,
        default_disabled: each.default_disabled,
        on_behalf: each.on_behalf,
        updated_tools: each.id === serverId ? [{ name, alias }] : [],
        updated_prompts: [],
      })),
    };
  }
  interface Mapped {
    readonly id: string;
    readonly default_disabled: boolean;
    readonly on_behalf: boolean;
  }

  it("tell of a server whose tools are all off in a portal, and turn them on", async () => {
    await run(COMMANDS.disable, mapping("support", "shop"));
    await told("support", "portal/nothing-enabled");
    await fix(mapping("support", "shop"), "Enable All Tools and Prompts");
    await told("support", "portal/nothing-enabled", false);
  });

  it("tell of a server that no portal has, and add it to one", async () => {
    const [line] = await told("calendar", "portal/unused-server");
    match(line ?? "", /Information/u);
    const done = run(COMMANDS.fixProblems, account.server("calendar"), undefined, "Add to Portal…");
    await person.choose("Support support-mcp.harborlane.example");
    await done;
    await told("calendar", "portal/unused-server", false);
    await run(COMMANDS.undo);
    await told("calendar", "portal/unused-server");
  });

  it("tell of a portal without servers, which the filter shows with its problem", async () => {
    const definition = { id: "bare", name: "Bare", hostname: "bare.harborlane.example" };
    await run(COMMANDS.addPortal, undefined, undefined, JSON.stringify(definition));
    await told("bare", "portal/empty");
    await run(COMMANDS.filter, undefined, undefined, "problems");
    const labels = (await portalTreeOf(account.exports)).map(({ label }) => label);
    ok(labels.includes("Bare"), labels.join());
    await run(COMMANDS.clearFilter);
    await run(COMMANDS.deletePortal, portal("bare"), undefined, "bare");
    await told("bare", "portal/empty", false);
  });

  it("can be ignored for a portal, and are back when that is taken back", async () => {
    await run(COMMANDS.disable, mapping("support", "tickets"));
    await told("support", "portal/nothing-enabled");
    await fix(mapping("support", "tickets"), "Ignore portal/nothing-enabled for This Server");
    await told("support", "portal/nothing-enabled", false);
    await tidy();
    await told("support", "portal/nothing-enabled");
    await run(COMMANDS.undo);
    await told("support", "portal/nothing-enabled", false);
  });

  it("keep what a write dropped, offer it when the tool is back, and forget it on demand", async () => {
    const before = await tools("observability");
    const orphaned = tool("engineering", "observability", "render_panel");
    await run(COMMANDS.editAlias, orphaned, undefined, "panel");
    const without = before.filter(({ name }) => name !== "render_panel");
    await account.emulator.write({ server: "observability", patch: { tools: without } });
    await run(COMMANDS.refresh);
    await told("engineering", "portal/orphan-override");
    await run(COMMANDS.disable, tool("engineering", "observability", "list_incidents"));
    const gone = await told("engineering", "review/lost-override");
    ok(
      gone.some((line) => /Information.*render_panel is gone.*the alias "panel"/u.test(line)),
      gone.join(),
    );
    await told("engineering", "portal/orphan-override", false);

    await account.emulator.write({ server: "observability", patch: { tools: before } });
    await run(COMMANDS.refresh);
    const [back] = await until(
      () => found("engineering").filter((line) => line.includes("render_panel is back")),
      (lines) => lines.length > 0,
    );
    match(back ?? "", /Warning/u);
    await fix(orphaned, "Restore Override");
    const lost = (name: string) =>
      found("engineering").filter((line) => line.includes("lost-override") && line.includes(name));
    await until(
      () => lost("render_panel"),
      (lines) => lines.length === 0,
    );
    equal((await item(orphaned)).label, "panel");
    await run(COMMANDS.resetOverrides, orphaned);
    equal((await item(orphaned)).label, "render_panel");
    deepEqual(lost("render_panel"), []);

    await run(COMMANDS.undo);
    await account.emulator.write({ server: "observability", patch: { tools: without } });
    await run(COMMANDS.refresh);
    await run(COMMANDS.enable, tool("engineering", "observability", "list_incidents"));
    await until(
      () => lost("render_panel"),
      (lines) => lines.length > 0,
    );
    await fix(orphaned, "Forget Lost Override");
    await until(
      () => lost("render_panel"),
      (lines) => lines.length === 0,
    );
  });

  it("don't offer a lost override again that somebody has set by hand and taken back", async () => {
    const before = await tools("observability");
    const node = tool("engineering", "observability", "render_panel");
    const lost = () =>
      found("engineering").filter((line) => /lost-override.*render_panel/u.test(line));
    await run(COMMANDS.editAlias, node, undefined, "panel");
    const without = before.filter(({ name }) => name !== "render_panel");
    await account.emulator.write({ server: "observability", patch: { tools: without } });
    await run(COMMANDS.refresh);
    await run(COMMANDS.disable, tool("engineering", "observability", "list_incidents"));
    await until(lost, (lines) => lines.length === 1);
    await account.emulator.write({ server: "observability", patch: { tools: before } });
    await run(COMMANDS.refresh);
    await until(lost, (lines) => lines.some((line) => line.includes("is back")));
    deepEqual(
      person.messages.filter(({ text }) => text.includes("changed")),
      [],
    );

    await run(COMMANDS.editAlias, node, undefined, "another");
    await until(lost, (lines) => lines.length === 0);
    await run(COMMANDS.resetOverrides, node);
    equal((await item(node)).label, "render_panel");
    await run(COMMANDS.disable, tool("engineering", "observability", "get_trace"));
    deepEqual(lost(), []);
  });
});

describe("Problems of a portal that is nearly full", () => {
  const { account, person } = setUpSuite({
    emulator: [..."--servers 72 --tools 2 --portals 2 --portal-servers 71".split(" ")],
  });

  it("offer to remove servers of this portal alone, several at once", async () => {
    const nearly = () => problems().filter((line) => line.includes(" portal/near-limit: "));
    await until(nearly, (lines) => lines.length === 2);
    const [node] = (await account.exports.portals.getChildren()) ?? [];
    ok(node?.kind === "portal");
    await account.wire();
    const done = run(COMMANDS.fixProblems, node, undefined, "Remove from Portal…");
    const offered = await person.offered();
    equal(offered.length, 71);
    ok(offered.every(({ description }) => description === "2 tools"));
    for (const at of [3, 6]) {
      await person.toggle(offered[at]?.label ?? "");
    }
    await person.accept();
    (await person.message(/^Remove 2 servers from their portals\?/u)).press("Remove");
    await done;
    deepEqual(
      (await account.puts()).map((line) => line.split(" ")[1]),
      [`/portals/${node.portalId}`],
    );
    await until(nearly, (lines) => lines.length === 1);
  });
});
