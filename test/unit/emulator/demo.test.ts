import assert from "node:assert/strict";
import { type Emulator, startEmulator } from "../../../src/emulator/start.ts";
import {
  call,
  emulatorForAll,
  type Json,
  list,
  names,
  object,
  readServer,
} from "./support/calling.ts";

describe("emulator: the demo account", () => {
  const emulator = emulatorForAll({ seed: "demo", changing: true });

  it("shows ten servers, each in a situation of its own", async () => {
    const { body } = await call(emulator(), "GET", "/servers");
    const rows = list(body["result"]).map((server) => {
      const { id, status, tools, prompts, error } = object(server);
      return [id, status, list(tools).length, list(prompts).length, error];
    });
    assert.deepEqual(rows, [
      ["tickets", "ready", 12, 0, undefined],
      ["docs", "ready", 4, 3, undefined],
      ["observability", "ready", 11, 1, undefined],
      ["shop", "ready", 9, 0, undefined],
      ["database", "error", 7, 0, "The upstream answered 401 Unauthorized"],
      ["browser", "ready", 8, 0, undefined],
      ["calendar", "stale", 6, 2, "Authorization failed: needs_reauth"],
      ["back-office", "ready", 140, 0, undefined],
      ["wiki", "error", 0, 0, "unable to connect"],
      ["crm", "waiting", 0, 0, undefined],
    ]);
  });

  it("has tools with schemas and annotations as a real server sent them", async () => {
    const { tools } = await readServer(emulator(), "tickets");
    const [first] = list(tools).map(object);
    assert(first);
    assert.deepEqual(Object.keys(object(object(first["inputSchema"])["properties"])), [
      "query",
      "state",
      "assignee",
      "labels",
      "limit",
    ]);
    assert.equal(object(first["annotations"])["readOnlyHint"], true);
    assert.equal(object(first["outputSchema"])["type"], "object");
  });

  it("has an alias that collides, an override of a vanished tool, hidden characters", async () => {
    const shop = await readServer(emulator(), "shop");
    const overrides = list(shop["updated_tools"]).map(object);
    const toolNames = names(shop["tools"]);
    assert(overrides.some(({ alias }) => toolNames.includes(alias)));
    assert(overrides.some(({ name }) => !toolNames.includes(name)));
    assert.match(JSON.stringify(await readServer(emulator(), "browser")), /[\u{e0020}-\u{e007e}]/u);
  });

  it("has one whose catalogue changes between syncs", async () => {
    const before = await readServer(emulator(), "docs");
    await call(emulator(), "POST", "/servers/docs/sync");
    const after = await readServer(emulator(), "docs");
    assert.deepEqual(names(before["tools"]), [
      "search_docs",
      "get_page",
      "list_sections",
      "suggest_edit",
    ]);
    assert(names(after["tools"]).includes("compare_versions"));
    assert.notDeepEqual(list(after["tools"])[0], list(before["tools"])[0]);
    await call(emulator(), "POST", "/servers/docs/sync");
    assert.deepEqual((await readServer(emulator(), "docs"))["tools"], before["tools"]);
  });

  it("has one that renames a tool with an alias, and one that hides an order, with the next sync", async () => {
    await call(emulator(), "POST", "/servers/observability/sync");
    const renamed = await readServer(emulator(), "observability");
    assert(names(renamed["tools"]).includes("search_logs"));
    assert(!names(renamed["updated_tools"]).includes("query_logs"));
    const before = await readServer(emulator(), "back-office");
    await call(emulator(), "POST", "/servers/back-office/sync");
    const after = await readServer(emulator(), "back-office");
    const tool = (record: Readonly<Record<string, unknown>>) =>
      JSON.stringify(
        list(record["tools"])
          .map(object)
          .find(({ name }) => name === "export_invoices"),
      );
    assert.match(tool(before), /"readOnlyHint":true/u);
    assert.match(tool(after), /"destructiveHint":true/u);
    assert.match(tool(after), /[\u{e0020}-\u{e007e}]/u);
    await call(emulator(), "POST", "/servers/observability/sync");
    await call(emulator(), "POST", "/servers/back-office/sync");
  });

  it("has one that is mended with the right credential", async () => {
    await call(emulator(), "PUT", "/servers/database", { auth_credentials: "wh_2" });
    const reply = await call(emulator(), "POST", "/servers/database/sync");
    assert.deepEqual(reply.body, { success: true, result: { status: "ready" } });
  });

  it("has two portals", async () => {
    const { body } = await call(emulator(), "GET", "/portals");
    assert.deepEqual(names(body["result"]), ["Engineering", "Support"]);
  });

  it("has a portal with Code Mode and an orphaned entry, and one with an allowlist", async () => {
    const { body } = await call(emulator(), "GET", "/portals");
    const [engineering, support] = list(body["result"]).map(object);
    assert(engineering && support);
    assert.deepEqual([engineering["code_mode"], support["code_mode"]], ["default_on", "off"]);
    const mappingOf = (portal: Json, id: string) => {
      const mapping = list(portal["servers"])
        .map(object)
        .find(({ server_id }) => server_id === id);
      assert(mapping, id);
      return mapping;
    };
    const traces = mappingOf(engineering, "observability");
    const orphans = list(traces["updated_tools"])
      .map(object)
      .filter(({ name }) => !names(traces["tools"]).includes(name));
    assert.deepEqual(orphans, [
      { name: "export_traces", enabled: true, portal_alias: "download_traces" },
    ]);
    const shop = mappingOf(support, "shop");
    assert.equal(shop["default_disabled"], true);
    const entries = list(shop["updated_tools"]).map(object);
    assert.deepEqual(names(entries), names(shop["tools"]));
    const on = entries.filter(({ enabled }) => enabled === true);
    assert.deepEqual(names(on), ["get_stock", "list_orders", "get_order"]);
  });

  it("never shows a credential of an upstream", async () => {
    const { body } = await call(emulator(), "GET", "/servers");
    const portals = await call(emulator(), "GET", "/portals");
    const text = JSON.stringify([body, portals.body]);
    for (const secret of ["tk_7Qm2Zr9vLx4Hb1Ns", "obs_K3w8Yt6Rf0Pd5Jc2", "wh_2", "cal_grant_1"]) {
      assert(!text.includes(secret));
    }
  });
});

describe("emulator: a demo that begins with what another one's syncs found", () => {
  const emulator = emulatorForAll({ seed: "demo", changing: true });

  it("has the same servers and portals, asks no upstream, and its next syncs find the same", async () => {
    const { firstSyncs } = emulator();
    const found = JSON.stringify(firstSyncs?.map((outcomes) => [...outcomes]));
    const other = await startEmulator({ seed: "demo", changing: true, firstSyncs });
    try {
      assert.deepEqual(await everythingIn(other), await everythingIn(emulator()));
      assert.equal(other.firstSyncs?.[0].get("docs"), firstSyncs?.[0].get("docs"));
      for (const id of ["docs", "observability", "back-office", "docs"]) {
        const path = `/servers/${id}/sync`;
        await call(emulator(), "POST", path);
        await call(other, "POST", path);
        assert.deepEqual(await everythingIn(other), await everythingIn(emulator()), id);
      }
      assert.equal(JSON.stringify(firstSyncs?.map((outcomes) => [...outcomes])), found);
    } finally {
      await other.close();
    }
  });

  /** All servers with their catalogues, and all portals, without the times. */
  async function everythingIn(one: Emulator): Promise<unknown> {
    const servers = list((await call(one, "GET", "/servers")).body["result"]).map(object);
    const whole = await Promise.all(servers.map(({ id }) => readServer(one, String(id))));
    const portals = (await call(one, "GET", "/portals")).body["result"];
    return JSON.parse(
      JSON.stringify([whole, portals]).replaceAll(/"20\d\d-\d\d-\d\dT[\d:.]+Z"/g, '"then"'),
    );
  }
});
