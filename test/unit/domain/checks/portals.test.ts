import { deepEqual, equal } from "node:assert/strict";
import { AccountChecker } from "../../../../src/domain/checks/checkAccount.ts";
import { PortalChecker, type PortalsChecked } from "../../../../src/domain/checks/checkPortals.ts";
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
