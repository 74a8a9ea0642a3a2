import { deepEqual, equal, match, ok } from "node:assert/strict";
import { sumsOf, toolsOf } from "../../../src/domain/cost/costView.ts";
import { COMMANDS } from "../../../src/manifest.ts";
import { type CostMessage, readToPage } from "../../../src/pages/cost/protocol.ts";
import type { Row } from "../../../src/target.ts";
import { setUpSuite } from "../support/fixture.ts";
import { type OpenedPage, OpenedPages } from "../support/pages.ts";
import { run } from "../support/run.ts";
import { until } from "../support/screen.ts";

describe("Show Context Cost", () => {
  const pages = new OpenedPages();
  const { account, person } = setUpSuite({ freshEmulator: true });

  beforeEach(() => pages.arrive());
  afterEach(() => pages.leave());

  const portal = (): Row => ({
    kind: "portal",
    accountId: account.emulator.accountId,
    portalId: "engineering",
  });

  const newest = (): OpenedPage => {
    const page = pages.all.at(-1);
    ok(page !== undefined, "No page is open.");
    return page;
  };
  const shown = (): CostMessage | undefined => {
    const message = readToPage(pages.all.at(-1)?.posted.at(-1));
    return message?.type === "cost" ? message : undefined;
  };
  const untilShown = async (expected: (cost: CostMessage) => boolean): Promise<CostMessage> => {
    const cost = await until(shown, (message) => message !== undefined && expected(message));
    ok(cost !== undefined);
    return cost;
  };
  const isCounted = ({ view }: CostMessage): boolean =>
    sumsOf(view, new Set()).every(({ now }) => now.pending === 0);
  const tokensOf = ({ view }: CostMessage): number | undefined =>
    sumsOf(view, new Set()).find(({ connection }) => connection === "allTools")?.now.tokens;
  const show = async (row: Row): Promise<CostMessage> => {
    await run(COMMANDS.showCost, row);
    return untilShown(isCounted);
  };

  it("opens a portal's page from its row, with every tool and each way of connecting", async () => {
    const { view, name, kind, codeMode, canChange } = await show(portal());
    deepEqual({ name, kind, canChange }, { name: "Engineering", kind: "portal", canChange: true });
    ok(codeMode !== undefined);
    equal(newest().panel.title, "Engineering: Context Cost");
    deepEqual(
      view.servers.map((server) => server.name),
      ["Docs", "Observability", "Tickets"],
    );
    deepEqual(
      view.connections.map(({ connection }) => connection),
      ["allTools", "minimizeTools", "searchAndExecute", "codeMode"],
    );
    ok(toolsOf(view).some(({ isOn }) => !isOn));
  });

  it("opens a mapping's portal, a server and an account", async () => {
    const { accountId } = account.emulator;
    await show({ kind: "mapping", accountId, portalId: "engineering", serverId: "docs" });
    equal(newest().panel.title, "Engineering: Context Cost");
    const server = await show({ kind: "server", accountId, serverId: "docs" });
    equal(newest().panel.title, "Docs: Context Cost");
    deepEqual(
      server.view.connections.map(({ connection }) => connection),
      ["allTools"],
    );
    const all = await show({ kind: "account", accountId });
    ok(all.view.servers.length > 3 && all.kind === "account");
  });

  it("asks for a portal or a server when it is called from the palette", async () => {
    const done = run(COMMANDS.showCost);
    await person.choose("Docs");
    await done;
    equal((await untilShown(isCounted)).name, "Docs");
  });

  it("lets nothing into the page but its own script and style", async () => {
    await show(portal());
    match(
      newest().panel.webview.html,
      /default-src 'none'; script-src 'nonce-[\w-]+'; style-src 'nonce-/u,
    );
  });

  it("turns off what is selected in one write of the portal, and the sum falls", async () => {
    const before = await show(portal());
    const [one, two] = [...toolsOf(before.view)]
      .filter(({ isOn }) => isOn)
      .sort((a, b) => (b.tokens ?? 0) - (a.tokens ?? 0));
    ok(one?.tokens !== undefined && two?.tokens !== undefined);
    await account.emulator.clearLog();
    newest().speak({ type: "setEnabled", tools: [one.id, two.id], enabled: false });
    const expected = (tokensOf(before) ?? 0) - one.tokens - two.tokens;
    await untilShown((cost) => tokensOf(cost) === expected);
    await until(
      () => account.putBodies(),
      (bodies) => bodies.length > 0,
    );
    const puts = await account.puts();
    equal(puts.length, 1);
    ok(puts[0]?.startsWith("PUT /portals/engineering "), puts[0]);
    await run(COMMANDS.undo);
    await untilShown((cost) => tokensOf(cost) === tokensOf(before));
  });

  it("selects in the tree what is clicked on the page", async () => {
    const { view } = await show(portal());
    const tool = toolsOf(view).find(({ serverId }) => serverId === "docs");
    ok(tool !== undefined);
    newest().speak({ type: "reveal", tool: tool.id, focus: false });
    const [row] = await until(
      () => account.exports.portalsView.selection,
      (rows) => rows.length > 0,
    );
    deepEqual(row, {
      kind: "tool",
      accountId: account.emulator.accountId,
      portalId: "engineering",
      serverId: "docs",
      name: tool.name,
    });
  });

  it("follows what is changed elsewhere, and says when it is gone", async () => {
    const { accountId } = account.emulator;
    const before = await show({ kind: "server", accountId, serverId: "docs" });
    await run(COMMANDS.disable, account.capability("tool", "docs", "get_page"));
    const after = await untilShown((cost) => (tokensOf(cost) ?? 0) < (tokensOf(before) ?? 0));
    equal(toolsOf(after.view).find(({ name }) => name === "get_page")?.isOn, false);
    await run(COMMANDS.signOut);
    await until(
      () => readToPage(newest().posted.at(-1)),
      (message) => message?.type === "missing" && message.because === "gone",
    );
  });

  it("tells the calls of the last 7 and 30 days of each server", async () => {
    await show(portal());
    const { calls } = await untilShown((cost) => cost.calls.state === "known");
    ok(calls.state === "known");
    deepEqual(
      calls.servers.map(({ id }) => id),
      ["docs", "observability", "tickets"],
    );
    ok(calls.servers.every(({ week, month }) => week <= month));
  });

  it("says in a sentence that the credential may not read analytics", async () => {
    await account.emulator.set({
      faults: [
        { kind: "status", status: 403, match: { method: "GET", path: "/analytics/", count: 0 } },
      ],
    });
    await show(portal());
    const { calls } = await untilShown((cost) => cost.calls.state === "unknown");
    deepEqual(calls, {
      state: "unknown",
      why: "The credential has no permission to read analytics, so calls aren't shown.",
    });
    deepEqual(person.messages, []);
  });

  it("ignores what no page of ours sends", async () => {
    await show(portal());
    await account.emulator.clearLog();
    for (const message of [
      undefined,
      7,
      {},
      { type: "setEnabled", tools: "all", enabled: false },
    ]) {
      newest().speak(message);
    }
    newest().speak({ type: "reveal", tool: "__proto__", focus: true });
    newest().speak({ type: "reveal", tool: "docs/gone", focus: true });
    deepEqual(await account.puts(), []);
  });
});
