import { deepEqual, equal, match, ok } from "node:assert/strict";
import type { Capability } from "../../../../src/domain/catalogue/capability.ts";
import type { Override } from "../../../../src/domain/catalogue/overrides.ts";
import {
  type ConnectedTo,
  compareLive,
  findLive,
  type LiveComparison,
  reasonsOf,
} from "../../../../src/domain/live/compareLive.ts";
import type { LiveTool } from "../../../../src/domain/live/liveTools.ts";
import { comparisonInWords } from "../../../../src/domain/live/words.ts";
import { mapping, portal } from "../../support/portals.ts";
import { capability, server } from "../../support/servers.ts";
import { portalApp, REPORTS, STAFF, serverApp, soundFacts } from "../reach/support/reachFacts.ts";

const SCHEMA = { type: "object", properties: {} };
const tool = (name: string, changes: Partial<LiveTool> = {}): LiveTool => ({
  name,
  description: `What ${name.replace(/^mcp_[a-z]+_docs_/, "")} does`,
  inputSchema: SCHEMA,
  ...changes,
});
const LIST = tool("mcp_main_portal_list_servers", { description: "Lists the servers." });
const SEARCH = tool("mcp_main_docs_search");
const DELETE = tool("mcp_main_docs_delete_page");

const connected = (changes: Partial<ConnectedTo> = {}): ConnectedTo => ({
  facts: soundFacts(),
  label: "Main",
  connection: "allTools",
  byToken: false,
  ...changes,
});
const inPortal = (changes: Parameters<typeof mapping>[1], tools?: readonly Capability[]) => {
  const known = server(tools === undefined ? {} : { tools });
  return connected({
    facts: soundFacts({
      portal: portal({ mappings: [mapping("docs", { onBehalf: false, ...changes })] }),
      serverOf: () => known,
    }),
  });
};
const overridden = (...toolOverrides: readonly Override[]) => inPortal({ toolOverrides });

function compared(to: ConnectedTo, ...live: readonly LiveTool[]): LiveComparison {
  const found = compareLive(to, live);
  ok(found !== undefined);
  return found;
}
/** What isn't as expected: state, name, why. */
const told = ({ items }: LiveComparison): readonly string[] =>
  items.flatMap(({ state, name, why }) => (state === "expected" ? [] : `${state} ${name}: ${why}`));

describe("The comparison with the live portal", () => {
  it("finds nothing where VS Code has what it should have, whatever the prefix", () => {
    for (const prefix of ["mcp_main_", "mcp_main2_", "mcp_some_portal_", "mcp_a.b-c_"]) {
      const live = [LIST, SEARCH, DELETE].map((each) => ({
        ...each,
        name: each.name.replace("mcp_main_", prefix).replaceAll(".", "_"),
      }));
      const comparison = compared(connected(), tool("mcp_other_docs_x"), tool("fetch"), ...live);
      deepEqual(told(comparison), [], prefix);
      equal(comparisonInWords(comparison), "3 as expected");
    }
  });

  it("finds nothing to compare where VS Code has no tool of the portal", () =>
    equal(compareLive(connected(), [tool("mcp_other_search"), tool("docs_search")]), undefined));

  it("takes the tools of the portal with this label, where two portals have the same", () => {
    const others = [LIST, SEARCH, DELETE].map((each) => ({
      ...each,
      name: each.name.replace("mcp_main_", "mcp_east_"),
    }));
    deepEqual(told(compared(connected(), ...others, LIST, SEARCH)), [
      "missing docs_delete_page: Nothing that can be looked at explains it. Reconnect VS Code, and see whether this server is turned off for you there.",
    ]);
  });

  it("leaves out another portal whose prefix begins alike", () =>
    deepEqual(
      told(
        compared(
          connected(),
          ...[LIST, SEARCH, DELETE],
          tool("mcp_main_two_portal_list_servers"),
          tool("mcp_main_two_crm_find"),
        ),
      ),
      [],
    ));

  it("explains what is missing by the first link that hides it", () => {
    const without = (changes: Parameters<typeof soundFacts>[0], byToken = false) =>
      told(compared(connected({ facts: soundFacts(changes), byToken }), LIST, SEARCH));
    const apps = (policies: readonly (typeof STAFF)[]) => ({
      apps: { kind: "read", value: [portalApp(), serverApp({ policies })] } as const,
    });
    deepEqual(without(apps([])), [
      "missing docs_delete_page: Users don't see Docs: its Access application has no Allow policy.",
    ]);
    const failing = server({ status: "error" });
    deepEqual(without({ serverOf: () => failing }), [
      "missing docs_delete_page: Users don't see Docs: its status is “Error”.",
    ]);
    deepEqual(without({ apps: { kind: "denied", permission: "Access" } }), [
      "missing docs_delete_page: Your token lacks the permission “Access”.",
    ]);
    // A service token: an Allow policy means nothing to it, and a policy may name the very token.
    match(without(apps([STAFF]), true)[0] ?? "", /no Service Auth policy/);
    match(without(apps([REPORTS]), true)[0] ?? "", /Nothing that can be looked at/);
    deepEqual(
      without({ portal: portal({ mappings: [mapping("docs", { onBehalf: true })] }) }, true),
      ["missing docs_delete_page: A service token doesn't see Docs: it requires user auth."],
    );
  });

  it("says a reason once, first the one of most tools, with the tools by name", () => {
    const known = server({
      tools: ["zoom", "Delete_all", "archive", "old"].map((name) => capability("tool", name)),
    });
    const to = connected({
      facts: soundFacts({
        portal: portal({
          mappings: [
            mapping("docs", {
              onBehalf: false,
              toolOverrides: [{ name: "old", enabled: false }],
            }),
          ],
        }),
        serverOf: () => known,
      }),
    });
    const live = [
      LIST,
      tool("mcp_main_docs_old"),
      tool("mcp_main_docs_new"),
      tool("mcp_main_docs_b"),
    ];
    const read = (state: "missing" | "unexpected" | "differs" | "expected") =>
      reasonsOf(compared(to, ...live), state).map(({ why, items }) => [
        why.split(".")[0],
        ...items.map(({ name }) => name),
      ]);
    deepEqual(read("missing"), [
      ["Nothing that can be looked at explains it", "docs_archive", "docs_Delete_all", "docs_zoom"],
    ]);
    deepEqual(read("unexpected"), [
      ["Docs doesn't have it as last synced", "docs_b", "docs_new"],
      ["It is off in Main", "docs_old"],
    ]);
    deepEqual(read("differs"), []);
    deepEqual(read("expected"), [["The portal's own", "portal_list_servers"]]);
  });

  it("puts what there is nothing to say of behind what is explained", () => {
    const found = reasonsOf(compared(connected(), LIST, SEARCH, DELETE), "expected");
    deepEqual(
      found.map(({ why, items }) => [why, items.length]),
      [
        ["The portal's own", 1],
        ["", 2],
      ],
    );
  });

  it("expects nothing of what is off, and tells of it where it is there", () => {
    const to = overridden({ name: "delete_page", enabled: false });
    deepEqual(told(compared(to, LIST, SEARCH)), []);
    deepEqual(told(compared(to, LIST, SEARCH, DELETE)), [
      "unexpected docs_delete_page: It is off in Main. VS Code connected before that: reconnect it.",
    ]);
  });

  it("tells an older name from a tool that was never synced and one of nobody", () => {
    const to = overridden({ name: "search", alias: "find" });
    deepEqual(told(compared(to, LIST, DELETE, SEARCH)), [
      "missing docs_find: Nothing that can be looked at explains it. Reconnect VS Code, and see whether this server is turned off for you there.",
      "unexpected docs_search: It is called docs_find now. VS Code connected before that: reconnect it.",
    ]);
    const strangers = [tool("mcp_main_docs_export"), tool("mcp_main_crm___proto__")];
    deepEqual(told(compared(connected(), LIST, SEARCH, DELETE, ...strangers)), [
      "unexpected crm___proto__: No server of Main is called so. Another MCP server may begin alike.",
      "unexpected docs_export: Docs doesn't have it as last synced. Sync it.",
    ]);
  });

  it("expects what VS Code drops to be missing, and says why", () => {
    const odd = { ...capability("tool", "delete_page"), source: { name: "delete_page" } };
    const to = inPortal({}, [capability("tool", "search"), odd]);
    const gone = compared(to, LIST, SEARCH);
    deepEqual(told(gone), []);
    match(
      gone.items.find(({ name }) => name === "docs_delete_page")?.why ?? "",
      /^VS Code leaves it out, as foreseen\. ./,
    );
    match(
      told(compared(to, LIST, SEARCH, DELETE))[0] ?? "",
      /^unexpected docs_delete_page: VS Code/,
    );
    // VS Code mistakes the schema of one for that of another.
    deepEqual(told(compared(to, LIST)), [
      "missing docs_search: VS Code may have taken its schema for that of docs_delete_page, which isn't valid and arrives with it. Reconnect VS Code, and see whether this server is turned off for you there.",
    ]);
  });

  it("says of another description whether VS Code or the sync is late", () => {
    const late = overridden({ name: "search", description: "Finds pages" });
    deepEqual(told(compared(late, LIST, DELETE, SEARCH)), [
      "differs docs_search: Its description is another one: VS Code connected before that changed. Reconnect VS Code.",
    ]);
    const other = { ...SEARCH, description: "Searches everything" };
    match(told(compared(connected(), LIST, DELETE, other))[0] ?? "", /Sync Docs, then reconnect/);
    const fewer = { ...SEARCH, inputSchema: { type: "object", properties: { q: {} } } };
    deepEqual(told(compared(connected(), LIST, DELETE, fewer)), [
      "differs docs_search: Its parameters are others: what was synced is old. Sync Docs.",
    ]);
    const both = { ...fewer, description: "Searches everything" };
    match(told(compared(connected(), LIST, DELETE, both))[0] ?? "", /description and parameters/);
  });

  it("takes what versions of VS Code write themselves for the same", () => {
    const bare = {
      ...capability("tool", "search", ""),
      source: { name: "search", inputSchema: { type: "object", anyOf: [{}] } },
    };
    const to = inPortal({}, [bare]);
    const schemas = [
      { type: "object", anyOf: [{}] },
      { type: "object", anyOf: [{}], properties: {} },
    ];
    for (const inputSchema of schemas) {
      const live = tool("mcp_main_docs_search", { description: "<empty>", inputSchema });
      deepEqual(told(compared(to, LIST, live)), []);
    }
  });

  it("cuts names as VS Code does", () => {
    const long = "a_name_that_is_far_too_long_for_a_tool_of_vscode_as_it_is";
    const to = inPortal({}, [capability("tool", long)]);
    const cut = tool(`mcp_main_docs_${long}`.slice(0, 64), { description: `What ${long} does` });
    deepEqual(told(compared(to, LIST, cut)), []);
    equal(findLive(to, { serverId: "docs", name: long }, [LIST, cut]), cut);
  });

  it("expects the portal's own tools of ways that look tools up", () => {
    const own = (...names: readonly string[]) =>
      names.map((name) => tool(`mcp_main_portal_${name}`));
    const by = (connection: ConnectedTo["connection"]) => connected({ connection });
    deepEqual(told(compared(by("codeMode"), ...own("codemode_search", "codemode_execute"))), []);
    deepEqual(told(compared(by("searchAndExecute"), ...own("query_tools"), LIST)), [
      "missing portal_execute: The portal has this tool for clients that connect this way. Reconnect VS Code.",
    ]);
    match(
      told(compared(by("searchAndExecute"), ...own("query_tools", "execute"), SEARCH))[0] ?? "",
      /^unexpected docs_search: This way of connecting lists no tools/,
    );
    const bare = [SEARCH, DELETE].map((each) => ({ ...each, description: "<empty>" }));
    deepEqual(told(compared(by("minimizeTools"), ...own("query_tools"), ...bare)), []);
  });

  it("goes by the portal's policy where that leaves no choice", () => {
    const facts = soundFacts({
      portal: portal({ codeMode: "enforced", mappings: [mapping("docs", { onBehalf: false })] }),
    });
    equal(compared(connected({ facts }), LIST).connection, "codeMode");
  });

  it("finds a tool by the upstream's name", () => {
    const to = overridden({ name: "search", alias: "find" });
    const find = tool("mcp_x_docs_find");
    const list = { ...LIST, name: "mcp_x_portal_list_servers" };
    equal(findLive(to, { serverId: "docs", name: "search" }, [list, find]), find);
    equal(findLive(to, { serverId: "docs", name: "gone" }, [list, find]), undefined);
    equal(findLive(to, { serverId: "crm", name: "search" }, [list, find]), undefined);
    equal(findLive(to, { serverId: "docs", name: "search" }, []), undefined);
  });
});
