import assert from "node:assert/strict";
import { Catalogues } from "../../../src/cloudflare/catalogues.ts";
import { parsePortal } from "../../../src/cloudflare/portals.ts";
import { parseServer } from "../../../src/cloudflare/servers.ts";
import type { Portal } from "../../../src/domain/portals/portal.ts";
import { portalKind } from "../../../src/domain/portals/portalKind.ts";
import { aServer, ok, pageOf, sendJson } from "./support/answers.ts";
import { type EmulatedClient, emulatedClient } from "./support/emulated.ts";
import { failure, setUp } from "./support/setUp.ts";

describe("portals at the emulator", () => {
  let the: EmulatedClient;

  beforeEach(async () => {
    the = await emulatedClient();
  });
  afterEach(() => the.close());

  const sent = (method: string) =>
    the.emulator.control
      .log()
      .filter((request) => request.method === method)
      .map(({ path, body }) => ({ path: path.replace(/^.*\/mcp\//u, ""), body }));

  it("are listed with their mappings, and the portal's layer apart from the server's", async () => {
    the.emulator.control.write({
      server: "observability",
      patch: { updated_tools: [{ name: "query_logs", alias: "logs", description: "Ours" }] },
    });
    const { items, rejected } = await the.api.listPortals();
    assert.deepEqual(rejected, []);
    const [engineering, support] = items;
    assert.deepEqual(
      [engineering?.name, engineering?.hostname, engineering?.codeMode],
      ["Engineering", "mcp.harborlane.example", "default_on"],
    );
    const mapping = engineering?.mappings.get("observability");
    const said = [...(mapping?.toolOverrides.values() ?? [])].filter(
      ({ alias, description, enabled }) => alias || description || enabled === false,
    );
    assert.deepEqual(said, [
      {
        name: "query_logs",
        enabled: true,
        description: "Searches the logs of production.",
      },
      { name: "find_slow_traces", enabled: true, alias: "slow_requests" },
      { name: "silence_alert", enabled: false },
      { name: "export_traces", enabled: true, alias: "download_traces" },
    ]);
    assert.deepEqual(
      [...(mapping?.server?.toolOverrides.values() ?? [])],
      [{ name: "query_logs", alias: "logs", description: "Ours" }],
    );
    assert.deepEqual(
      [...(support?.mappings.values() ?? [])].map((each) => [
        each.serverId,
        each.defaultDisabled,
        each.onBehalf,
      ]),
      [
        ["shop", true, true],
        ["tickets", false, false],
      ],
    );
  });

  /** An entry for each: Cloudflare lists what is on too. */
  const allOn = (portal: Portal, of: "toolOverrides" | "promptOverrides") =>
    [...(portal.mappings.get("docs")?.[of].keys() ?? [])].map((name) => ({ name, enabled: true }));

  it("are created, changed and deleted, and a read says what the write said", async () => {
    const created = await the.api.createPortal({
      id: "team",
      name: "Team",
      hostname: "team.harborlane.example",
      servers: [
        {
          server_id: "docs",
          default_disabled: false,
          on_behalf: true,
          updated_tools: [],
          updated_prompts: [],
        },
      ],
    });
    assert.equal(created.codeMode, "opt_in");
    const values = [
      { field: { of: undefined, key: "code_mode" }, to: "enforced" },
      { field: { of: { kind: "mapping", name: "docs" }, key: "on_behalf" }, to: false },
    ];
    const patch = portalKind.fields.patch(created, values);
    assert(patch);
    const updated = await the.api.updatePortal("team", patch);
    assert.deepEqual(sent("PUT"), [
      {
        path: "portals/team",
        body: {
          code_mode: "enforced",
          allow_code_mode: true,
          servers: [
            {
              server_id: "docs",
              default_disabled: false,
              on_behalf: false,
              updated_tools: allOn(created, "toolOverrides"),
              updated_prompts: allOn(created, "promptOverrides"),
            },
          ],
        },
      },
    ]);
    assert(portalKind.same(updated, await the.api.readPortal("team")));
    assert.equal(updated.mappings.get("docs")?.onBehalf, false);
    await the.api.deletePortal("team");
    assert.equal((await failure(the.api.readPortal("team"))).kind, "notFound");
  });

  it("take an alias as `alias`, and the server's is never sent", async () => {
    the.emulator.control.write({
      server: "tickets",
      patch: { updated_tools: [{ name: "search_tickets", alias: "find_tickets" }] },
    });
    const support = await the.api.readPortal("support");
    const of = {
      kind: "tool",
      name: "search_tickets",
      within: { kind: "mapping", name: "tickets" },
    };
    const patch = portalKind.fields.patch(support, [
      { field: { of, key: "description" }, to: "Only open ones" },
    ]);
    assert(patch);
    await the.api.updatePortal("support", patch);
    assert.deepEqual(
      patch.servers?.map(({ server_id, updated_tools }) => [
        server_id,
        updated_tools.filter(({ alias, description }) => alias || description),
      ]),
      [
        [
          "shop",
          [
            { name: "get_stock", enabled: true, alias: "stock" },
            { name: "list_orders", enabled: true, description: "Lists a customer's orders." },
          ],
        ],
        ["tickets", [{ name: "search_tickets", enabled: true, description: "Only open ones" }]],
      ],
    );
    assert(!JSON.stringify(sent("PUT")).includes("server_alias"));
    const read = await the.api.readPortal("support");
    const reported = read.mappings.get("tickets");
    assert.equal(reported?.toolOverrides.get("search_tickets")?.alias, undefined);
    assert.equal(reported?.server?.toolOverrides.get("search_tickets")?.alias, "find_tickets");
  });

  it("leave out an override whose tool has gone, which Cloudflare would refuse", async () => {
    const engineering = await the.api.readPortal("engineering");
    assert(engineering.mappings.get("observability")?.toolOverrides.has("export_traces"));
    const patch = portalKind.fields.patch(engineering, [
      { field: { of: { kind: "mapping", name: "docs" }, key: "mapped" }, to: null },
    ]);
    assert(patch);
    const updated = await the.api.updatePortal("engineering", patch);
    assert.deepEqual([...updated.mappings.keys()], ["observability", "tickets"]);
    assert(!updated.mappings.get("observability")?.toolOverrides.has("export_traces"));
  });

  it("share the capabilities of their servers", async () => {
    const { items: servers } = await the.api.listServers();
    const first = await the.api.listPortals();
    const again = await the.api.readPortal("support");
    const tools = servers.find(({ id }) => id === "tickets")?.tools;
    const mapped = [...first.items, again].flatMap((portal: Portal) => {
      const server = portal.mappings.get("tickets")?.server;
      return server === undefined ? [] : [server.tools];
    });
    assert.equal(mapped.length, 3);
    assert(mapped.every((each) => each === tools));
  });

  it("are the same where Cloudflare told the same twice", async () => {
    const one = await the.api.readPortal("support");
    the.emulator.control.write({ server: "shop", patch: { description: "Of the server alone" } });
    assert(portalKind.same(one, await the.api.readPortal("support")));
    the.emulator.control.write({ portal: "support", patch: { description: "New" } });
    assert(!portalKind.same(one, await the.api.readPortal("support")));
  });
});

describe("a portal's mapping out of an answer", () => {
  const portal = (server: object) => ({
    id: "main",
    name: "Main",
    hostname: "mcp.example.com",
    servers: [server],
  });

  it("keeps the keys that neither we nor the server's own object know, and sends them", () => {
    const catalogues = new Catalogues();
    parseServer(aServer("docs", { of_server: 1 }), undefined, catalogues);
    const sent = portal(aServer("docs", { server_id: "docs", of_server: 1, of_mapping: { a: 1 } }));
    const { portal: read } = parsePortal(sent, undefined, catalogues);
    const patch = portalKind.fields.patch(read, [
      { field: { of: { kind: "mapping", name: "docs" }, key: "on_behalf" }, to: false },
    ]);
    assert.deepEqual(patch, {
      servers: [
        {
          of_mapping: { a: 1 },
          server_id: "docs",
          default_disabled: false,
          on_behalf: false,
          updated_tools: [],
          updated_prompts: [],
        },
      ],
    });
  });

  it("has no such keys while no server's own object was read", () => {
    const { portal: read } = parsePortal(portal(aServer("docs", { anything: 1 })));
    assert.deepEqual(read.mappings.get("docs")?.others, {});
  });

  it("doesn't take an alias of the request's shape for the portal's own", () => {
    const entry = { name: "search", enabled: true, alias: "whose", description: "Whose?" };
    const { portal: read } = parsePortal(portal(aServer("docs", { updated_tools: [entry] })));
    assert.deepEqual(
      [...(read.mappings.get("docs")?.toolOverrides.values() ?? [])],
      [{ name: "search", enabled: true }],
    );
  });

  it("reads a catalogue again that a server's own answer has replaced", async () => {
    const tools = [{ name: "search" }];
    const server = aServer("docs", { tools });
    const the = await setUp((socket, request) =>
      sendJson(
        socket,
        request.target.includes("/portals")
          ? pageOf(request, [portal(server)])
          : ok([server], { total_count: 1 }),
      ),
    );
    const before = await the.api.listPortals();
    tools.push({ name: "find" });
    await the.api.listServers();
    const after = await the.api.listPortals();
    const namesIn = ({ items }: typeof before) =>
      items[0]?.mappings.get("docs")?.server?.tools.map(({ name }) => name);
    assert.deepEqual([namesIn(before), namesIn(after)], [["search"], ["search", "find"]]);
    await the.close();
  });
});
