import { deepEqual, equal } from "node:assert/strict";
import { AccountChecker } from "../../../../src/domain/checks/checkAccount.ts";
import { PortalChecker, type PortalsChecked } from "../../../../src/domain/checks/checkPortals.ts";
import { ExposedNames } from "../../../../src/domain/checks/collisions.ts";
import { fixOf } from "../../../../src/domain/checks/fixes.ts";
import { DEFAULT_SETTINGS } from "../../../../src/domain/checks/settings.ts";
import type { Portal } from "../../../../src/domain/portals/portal.ts";
import type { Server } from "../../../../src/domain/servers/server.ts";
import { mapping, portal } from "../../support/portals.ts";
import { capability, server } from "../../support/servers.ts";
import { checkCase } from "./support/checking.ts";

const LONG = "a_longer_name_a_longer_name_a_longer_name_a_longer_name_a_long";

function docs(...names: readonly string[]): Server {
  return server({ tools: names.map((name) => capability("tool", name)), prompts: [] });
}

/** What was found by a rule: the place and the path of each finding. */
function placed({ servers, portals }: PortalsChecked, rule: string): readonly string[] {
  const lines = [...servers, ...portals].flatMap(([id, findings]) =>
    findings.filter((each) => each.rule === rule).map(({ path }) => `${id}: ${path.join("/")}`),
  );
  return lines.sort();
}

describe("a name that a portal gives a tool", () => {
  it("is checked as clients of the portal see it, and told in the portal", () => {
    const servers = [docs("search")];
    const toolOverrides = [{ name: "search", alias: LONG.slice(0, 40) }];
    const inPortals = { portals: [portal({ mappings: [mapping("docs", { toolOverrides })] })] };
    const settings = { ...DEFAULT_SETTINGS, clients: new Set(["vscode"] as const) };
    const found = checkCase({
      servers: [{ ...docs("search"), id: "documentation" }],
      inPortals: {
        portals: [portal({ mappings: [mapping("documentation", { toolOverrides })] })],
      },
      settings,
    });
    deepEqual(placed(found, "name/vscode-truncation"), [
      "main: servers/documentation/tools/search/alias",
    ]);
    deepEqual(placed(checkCase({ servers, inPortals, settings }), "name/vscode-truncation"), []);
  });

  it("is told once, on the server, where portals show the server's own", () => {
    const servers = [docs(LONG)];
    const portals = ["one", "other"].map((id) => portal({ id, mappings: [mapping("docs")] }));
    const found = checkCase({ servers, inPortals: { portals } });
    deepEqual(placed(found, "name/over-64"), [`docs: tools/${LONG}`]);
  });

  it("isn't told of the server where no portal shows the server's own", () => {
    const renamed = mapping("docs", { toolOverrides: [{ name: LONG, alias: "short" }] });
    const off = mapping("docs", { defaultDisabled: true });
    const shown = mapping("docs");
    const told = (...mappings: (typeof renamed)[]) =>
      placed(
        checkCase({
          servers: [docs(LONG)],
          inPortals: {
            portals: mappings.map((each, index) => portal({ id: `p${index}`, mappings: [each] })),
          },
        }),
        "name/over-64",
      );
    deepEqual(told(renamed, off), []);
    deepEqual(told(renamed, shown), [`docs: tools/${LONG}`]);
  });

  it("isn't checked while the tool is off in the portal or on the server", () => {
    const alias = "not a name";
    const toolOverrides = [{ name: "search", alias, enabled: false }];
    const off = portal({ mappings: [mapping("docs", { toolOverrides })] });
    const on = portal({
      mappings: [mapping("docs", { toolOverrides: [{ name: "search", alias }] })],
    });
    const disabled = server({ toolOverrides: [{ name: "search", enabled: false }] });
    const told = (servers: readonly Server[], portals: readonly Portal[]) =>
      placed(checkCase({ servers, inPortals: { portals } }), "name/alias-format");
    deepEqual(told([docs("search")], [off]), []);
    deepEqual(told([disabled], [on]), []);
    deepEqual(told([docs("search")], [on]), ["main: servers/docs/tools/search/alias"]);
  });

  it("collides with another of the same server, and of another server, wherever they stand", () => {
    const servers = [docs("search", "find"), { ...docs("get"), id: "docs-old" }];
    const colliding = portal({
      mappings: [
        mapping("docs", { toolOverrides: [{ name: "find", alias: "search" }] }),
        mapping("docs-old"),
      ],
    });
    const found = checkCase({ servers, inPortals: { portals: [colliding] } });
    deepEqual(placed(found, "portal/name-collision"), [
      "main: servers/docs/tools/find/alias",
      "main: servers/docs/tools/search",
    ]);
    const across = portal({
      mappings: [
        mapping("docs", { toolOverrides: [{ name: "find", alias: "old_get" }] }),
        mapping("docs-old"),
      ],
    });
    deepEqual(
      placed(checkCase({ servers, inPortals: { portals: [across] } }), "portal/name-collision"),
      ["main: servers/docs-old/tools/get", "main: servers/docs/tools/find/alias"],
    );
    const withoutCodeMode = { ...across, codeMode: "off" as const };
    deepEqual(
      placed(
        checkCase({ servers, inPortals: { portals: [withoutCodeMode] } }),
        "portal/name-collision",
      ),
      [],
    );
  });

  it("collides with one of a server whose id begins with a reserved word", () => {
    const servers = [
      { ...docs("a_get"), id: "class" },
      { ...docs("get"), id: "class-a" },
    ];
    const mappings = [mapping("class"), mapping("class-a")];
    const found = checkCase({ servers, inPortals: { portals: [portal({ mappings })] } });
    deepEqual(placed(found, "portal/name-collision"), [
      "main: servers/class-a/tools/get",
      "main: servers/class/tools/a_get",
    ]);
  });
});

describe("a server that no portal has", () => {
  it("is told only in an account that has portals", () => {
    const servers = [docs("search"), { ...docs("get"), id: "wiki" }];
    const portals = [portal({ mappings: [mapping("docs")] })];
    deepEqual(placed(checkCase({ servers }), "portal/unused-server"), []);
    deepEqual(placed(checkCase({ servers, inPortals: { portals } }), "portal/unused-server"), [
      "wiki: name",
    ]);
  });
});

describe("an override that a portal lost", () => {
  it("says less while its tool isn't back, and nothing once its server has left the portal", () => {
    const values = { alias: "find" };
    const lost = {
      main: [{ serverId: "docs", of: { kind: "tool", name: "gone" } as const, values }],
    };
    const severities = (portals: readonly Portal[]) =>
      [...checkCase({ servers: [docs("search")], inPortals: { portals, lost } }).portals.values()]
        .flat()
        .filter(({ rule }) => rule === "review/lost-override")
        .map(({ severity }) => severity);
    const tools = [capability("tool", "search")];
    deepEqual(severities([portal({ mappings: [mapping("docs", { tools })] })]), ["information"]);
    deepEqual(severities([portal()]), []);
  });
});

describe("what a sync took from a server", () => {
  const of = { kind: "tool", name: "search_docs" } as const;
  const values = { alias: "find", enabled: false };
  const told = (one: Server, renamed?: string) =>
    [
      ...(new AccountChecker()
        .check([one], DEFAULT_SETTINGS, undefined, {
          lost: new Map([["docs", [{ serverId: "docs", of, values }]]]),
          renamedTo: () => renamed,
        })
        .get("docs") ?? []),
    ]
      .filter(({ rule }) => rule === "review/lost-override")
      .map(({ severity, message }) => `${severity}: ${message}`);
  const was = 'the alias "find", that it is disabled';

  it("is told where it can be brought back, and said where it can't", () => {
    deepEqual(told(docs("search")), [
      `information: search_docs is gone, and with it what was set for it: ${was}.`,
    ]);
    deepEqual(told(docs("search_docs")), [
      `warning: search_docs is back. A sync took what was set for it: ${was}.`,
    ]);
    deepEqual(told(docs("search"), "search"), [
      `warning: search_docs is probably called search now, which has nothing of what was set for it: ${was}.`,
    ]);
  });

  it("is nothing any more once it is there again, under whichever name", () => {
    const set = (name: string) => ({
      ...docs(name),
      toolOverrides: new Map([[name, { name, ...values }]]),
    });
    deepEqual(told(set("search_docs")), []);
    deepEqual(told(set("search"), "search"), []);
  });

  it("is carried over with what was off, but for what the new name has of its own", () => {
    const one = {
      ...docs("search"),
      toolOverrides: new Map([["search", { name: "search", alias: "own" }]]),
    };
    const finding = { rule: "review/lost-override", severity: "warning", message: "" } as const;
    const around = { server: one, names: new ExposedNames([]), clients: new Set<never>() };
    const fix = (renamed: string | undefined) =>
      fixOf(
        "carryOver",
        { ...finding, path: [], subject: of, lost: values },
        { ...around, renamedTo: () => renamed },
      );
    equal(fix("search")?.title, "Carry Over Overrides to search");
    deepEqual(fix("search")?.values, [
      { field: { of: { kind: "tool", name: "search" }, key: "enabled" }, to: false },
    ]);
    equal(fix(undefined), undefined);
    equal(fix("not_there"), undefined);
  });
});

describe("the checks of portals", () => {
  const wiki = { ...docs("get"), id: "wiki" };
  const one = portal({ id: "one", mappings: [mapping("docs", { defaultDisabled: true })] });
  const other = portal({ id: "other", mappings: [mapping("wiki", { defaultDisabled: true })] });

  function checking(): (servers: readonly Server[], portals: readonly Portal[]) => PortalsChecked {
    const ofServers = new AccountChecker();
    const ofPortals = new PortalChecker();
    return (servers, portals) =>
      ofPortals.check({
        portals,
        servers: new Map(servers.map((each) => [each.id, each])),
        found: ofServers.check(servers, DEFAULT_SETTINGS),
        settings: DEFAULT_SETTINGS,
        lost: new Map(),
      });
  }

  it("look at nothing again for which nothing has changed", () => {
    const check = checking();
    const known = docs("search");
    const before = check([known, wiki], [one, other]);
    const after = check([known, { ...wiki, name: "New" }], [one, other]);
    equal(after.portals.get("one"), before.portals.get("one"));
    equal(after.servers.get("docs"), before.servers.get("docs"));
  });

  it("keep the list of a portal whose change changes no problem, so that nothing is drawn again", () => {
    const check = checking();
    const servers = [docs("search"), wiki];
    const before = check(servers, [one, other]);
    const after = check(servers, [{ ...one, description: "New" }, other]);
    equal(after.portals.get("one"), before.portals.get("one"));
  });

  it("treat strangers' names as data", () => {
    const names = ["__proto__", "constructor"];
    const toolOverrides = [{ name: "__proto__", alias: "constructor" }];
    const mapped = mapping("docs", { toolOverrides, tools: [capability("tool", "__proto__")] });
    const found = checkCase({
      servers: [docs(...names)],
      inPortals: { portals: [portal({ mappings: [mapped] })] },
    });
    deepEqual(placed(found, "portal/name-collision"), [
      "main: servers/docs/tools/__proto__/alias",
      "main: servers/docs/tools/constructor",
    ]);
  });
});
