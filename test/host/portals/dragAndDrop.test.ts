import { deepEqual, equal } from "node:assert/strict";
import * as vscode from "vscode";
import { COMMANDS } from "../../../src/manifest.ts";
import type { PortalTarget, Target } from "../../../src/target.ts";
import { setUpSuite } from "../support/fixture.ts";
import { run } from "../support/run.ts";
import { portalTreeOf, until } from "../support/screen.ts";

describe("Dragging servers", () => {
  const { account, person } = setUpSuite({ freshEmulator: true });
  const { token } = new vscode.CancellationTokenSource();

  const portal = (portalId: string): PortalTarget => ({
    kind: "portal",
    accountId: account.emulator.accountId,
    portalId,
  });
  const mapping = (portalId: string, serverId: string): PortalTarget => ({
    kind: "mapping",
    accountId: account.emulator.accountId,
    portalId,
    serverId,
  });

  async function dragServers(rows: readonly Target[], onto?: PortalTarget): Promise<void> {
    const transfer = new vscode.DataTransfer();
    const { servers, portals } = account.exports.dragAndDrop;
    await servers.handleDrag?.(rows, transfer, token);
    await portals.handleDrop?.(onto, transfer, token);
  }

  async function dragMappings(rows: readonly PortalTarget[], onto: PortalTarget): Promise<void> {
    const transfer = new vscode.DataTransfer();
    const { portals } = account.exports.dragAndDrop;
    await portals.handleDrag?.(rows, transfer, token);
    await portals.handleDrop?.(onto, transfer, token);
  }

  const serversOf = async (label: string) => {
    const rows = await portalTreeOf(account.exports);
    return rows.find((row) => row.label === label)?.children;
  };
  const sees = (text: RegExp) => person.message(text);

  /** The PUTs, once the last one has been read back. */
  async function saved(): Promise<readonly string[]> {
    await until(
      () => account.emulator.log(),
      (log) => {
        const put = log.findLastIndex(({ method }) => method === "PUT");
        return put !== -1 && log.slice(put).some(({ method }) => method === "GET");
      },
    );
    return account.puts();
  }

  it("onto a portal adds them in one write, which undo takes back", async () => {
    await dragServers([account.server("browser"), account.server("shop")], portal("engineering"));
    const [put, second] = await saved();
    equal(second, undefined);
    equal(put?.startsWith("PUT /portals/engineering "), true);
    deepEqual(
      (await serversOf("Engineering"))?.map(({ label }) => label),
      ["Browser", "Docs", "Observability", "Shop", "Tickets"],
    );
    await run(COMMANDS.undo);
    deepEqual(
      (await serversOf("Engineering"))?.map(({ label }) => label),
      ["Docs", "Observability", "Tickets"],
    );
  });

  it("ends with why users don't see what was added", async () => {
    await dragServers([account.server("docs")], portal("support"));
    const { text, buttons } = await sees(/Docs/u);
    equal(text, "Users don't see Docs: its Access application has no Allow policy.");
    deepEqual(buttons, ["Show All Links"]);
  });

  it("from one portal onto a row of another adds them with what the first sets", async () => {
    await run(COMMANDS.keepNewToolsOff, mapping("support", "shop"));
    await run(COMMANDS.requireUserAuth, mapping("support", "shop"));
    const before = (await serversOf("Support"))?.find(({ label }) => label === "Shop");
    await account.wire();
    await dragMappings([mapping("support", "shop")], mapping("engineering", "docs"));
    equal((await saved()).length, 1);
    await run(COMMANDS.refresh);
    deepEqual(
      (await serversOf("Engineering"))?.find(({ label }) => label === "Shop"),
      before,
    );
  });

  it("says in words what can't be added, and adds the rest", async () => {
    await dragServers([account.server("docs"), account.server("shop")], portal("engineering"));
    await sees(/^Docs is in Engineering already\.$/u);
    equal((await saved()).length, 1);
    await dragServers([account.server("docs"), account.server("shop")], portal("engineering"));
    await sees(/^2 of these servers are in Engineering already\.$/u);
    await dragServers([account.capability("tool", "docs", "get_page")], portal("engineering"));
    await sees(/^Only servers can be added to a portal\.$/u);
    await dragServers([account.server("docs")]);
    await sees(/^Drop servers onto a portal to add them to it\.$/u);
    await dragServers(
      [{ kind: "server", accountId: "0".repeat(32), serverId: "docs" }],
      portal("engineering"),
    );
    await sees(/^Engineering takes servers of its own account only\.$/u);
    await dragServers([account.server("gone")], portal("engineering"));
    await sees(/^gone is no longer there\.$/u);
    deepEqual(await account.puts(), []);
  });
});

describe("Dragging one server too many onto a portal", () => {
  const { account, person } = setUpSuite({
    emulator: ["--servers", "81", "--tools", "1", "--portals", "1", "--portal-servers", "80"],
  });

  it("says how many a portal takes", async () => {
    const { tree, portals, dragAndDrop } = account.exports;
    const { token } = new vscode.CancellationTokenSource();
    const transfer = new vscode.DataTransfer();
    const servers = (await tree.getChildren()) ?? [];
    const [onto] = (await portals.getChildren()) ?? [];
    await dragAndDrop.servers.handleDrag?.(servers, transfer, token);
    await dragAndDrop.portals.handleDrop?.(onto, transfer, token);
    await person.message(/A portal has at most 80 servers; .* has 80\.$/u);
    deepEqual(await account.puts(), []);
  });
});
