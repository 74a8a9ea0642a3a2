import { deepEqual, ok } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { COMMANDS, type CommandId } from "../../src/manifest.ts";
import { holds, type WhenContext } from "./support/when.ts";

interface Entry {
  readonly command: CommandId;
  readonly when: string;
  readonly group: string;
}

const manifest: {
  readonly contributes: { readonly menus: Readonly<Record<string, readonly Entry[]>> };
} = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
const entries = manifest.contributes.menus["view/item/context"] ?? [];

/** More, and nobody reads the menu to its end. */
const MOST_IN_GROUP = 5;

const SCREEN: WhenContext = {
  view: "mcpPortals.servers",
  "mcpPortals.phase": "ready",
  "mcpPortals.readOnly": false,
};

/** The commands that VS Code shows: those whose clause holds for each selected row. */
function offered(viewItems: readonly string[], screen: WhenContext = SCREEN): readonly CommandId[] {
  const selection = {
    listMultiSelection: viewItems.length > 1,
    listDoubleSelection: viewItems.length === 2,
  };
  return entries
    .filter(({ group }) => !group.startsWith("inline"))
    .filter(({ when }) =>
      viewItems.every((viewItem) => holds(when, { ...screen, viewItem, ...selection })),
    )
    .map(({ command }) => command);
}

function inline(viewItem: string, listMultiSelection = false): readonly CommandId[] {
  return entries
    .filter(({ group }) => group.startsWith("inline"))
    .filter(({ when }) => holds(when, { ...SCREEN, viewItem, listMultiSelection }))
    .map(({ command }) => command);
}

const { enable, disable, resetOverrides, fixProblems, syncServer, deleteServer } = COMMANDS;
const ROWS = [
  "account",
  "account;refused",
  "account;readOnly",
  "server;ready",
  "server;error;syncing;problem",
  "server;ready;readOnly",
  "group",
  "group;readOnly",
  "tool;enabled",
  "tool;disabled",
  "tool;enabled;overridden;problem",
  "tool;disabled;readOnly",
  "prompt;enabled",
  "prompt;disabled;overridden",
  "prompt;disabled;overridden;readOnly;problem",
];
/** With all that a row can be, each in each view that has it. */
const EVERY_ROW: readonly (readonly [view: string, viewItem: string])[] = [
  ...[
    "account",
    "account;refused",
    "server;error;problem;changed",
    "group",
    "tool;enabled;overridden;problem;changed",
    "prompt;disabled;overridden;problem;changed",
  ].map((row) => ["mcpPortals.servers", row] as const),
  ...[
    "account",
    "portal;problem;connected",
    "mapping;problem",
    "mapping;newToolsOff;userAuth",
    "group",
    "tool;enabled;overridden;problem",
    "prompt;disabled;overridden",
  ].map((row) => ["mcpPortals.portals", row] as const),
  ...["server;changed", "tool;enabled;changed", "prompt;disabled;changed"].map(
    (row) => ["mcpPortals.review", row] as const,
  ),
  ...["portal", "tool"].map((row) => ["mcpPortals.live", row] as const),
];
const kindOf = (viewItem: string): string => viewItem.split(";")[0] ?? "";
const PAIRS = ROWS.flatMap((one) => ROWS.map((other) => [one, other] as const));

describe("The context menu of rows", () => {
  it("offers for one tool what changes it: Enable or Disable, and a reset of what is overridden", () => {
    const menu = offered(["tool;enabled"]);
    ok(menu.includes(disable));
    deepEqual(
      [enable, resetOverrides, fixProblems].filter((id) => menu.includes(id)),
      [],
    );
    const other = offered(["tool;disabled;overridden;problem"]);
    ok(!other.includes(disable));
    deepEqual(
      [enable, resetOverrides, fixProblems].filter((id) => !other.includes(id)),
      [],
    );
  });

  it("goes by the kinds of several selected rows, not by their states", () => {
    for (const [one, other] of PAIRS) {
      const has = (...kinds: readonly string[]): boolean =>
        [one, other].every((row) => kinds.includes(kindOf(row)));
      const expected = new Map([
        [enable, has("server", "group", "tool", "prompt")],
        [disable, has("server", "group", "tool", "prompt")],
        [COMMANDS.selectTools, has("account", "server", "group")],
        [COMMANDS.compareWith, has("server")],
        [COMMANDS.reviewChanges, has("server")],
        [COMMANDS.acceptChanges, has("server")],
        [resetOverrides, has("tool", "prompt")],
        [fixProblems, has("server", "tool", "prompt")],
        [syncServer, has("server")],
        [deleteServer, has("server")],
        [COMMANDS.copyExposedName, has("tool", "prompt")],
        [COMMANDS.openDefinition, has("tool", "prompt")],
        [COMMANDS.copyUrl, has("server")],
        [COMMANDS.openServer, has("server")],
        [COMMANDS.openDashboard, has("server")],
        [COMMANDS.signOut, has("account")],
        [COMMANDS.saveToWorkspace, has("account", "server")],
        [COMMANDS.copyAllOverrides, has("server")],
      ]);
      deepEqual(
        [...offered([one, other])].sort(),
        [...expected].flatMap(([id, is]) => (is ? [id] : [])).sort(),
        `${one} and ${other}`,
      );
    }
  });

  it("offers to compare one server or portal, and two, and no more", () => {
    const portals = { ...SCREEN, view: "mcpPortals.portals" };
    for (const [row, screen] of [
      ["server;ready", SCREEN],
      ["portal", portals],
    ] as const) {
      const counts = [1, 2, 3, 4].filter((count) =>
        offered(
          Array.from({ length: count }, () => row),
          screen,
        ).includes(COMMANDS.compareWith),
      );
      deepEqual(counts, [1, 2], row);
    }
  });

  it("offers nothing that writes for several rows where everything on screen is read-only", () => {
    const screen = { ...SCREEN, "mcpPortals.readOnly": true };
    const menu = offered(["tool;enabled;readOnly", "tool;disabled;overridden;readOnly"], screen);
    deepEqual([...menu].sort(), [COMMANDS.copyExposedName, COMMANDS.openDefinition].sort());
  });
});

describe("The context menu of rows that wait for a review", () => {
  const review = { ...SCREEN, view: "mcpPortals.review" };
  const { reviewChanges, acceptChanges, disableChanged } = COMMANDS;

  it("offers of a change to see it, to accept it, and the switch that it has", () => {
    deepEqual(offered(["tool;enabled;changed"], review), [reviewChanges, acceptChanges, disable]);
    deepEqual(offered(["tool;disabled;changed"], review), [reviewChanges, acceptChanges, enable]);
    deepEqual(offered(["prompt;changed"], review), [reviewChanges, acceptChanges]);
  });

  it("offers of a server the same for all of its changes, and where it is read-only no switch", () => {
    const all = [reviewChanges, acceptChanges, disableChanged];
    deepEqual(offered(["server;changed"], review), all);
    deepEqual(offered(["server;changed;readOnly"], review), all.slice(0, 2));
    deepEqual(offered(["tool;enabled;changed;readOnly"], review), all.slice(0, 2));
  });

  it("offers them on a row of the servers too, while that waits", () => {
    ok(offered(["server;ready;changed"]).includes(reviewChanges));
    ok(!offered(["server;ready"]).includes(reviewChanges));
  });
});

describe("The context menu of rows in portals", () => {
  const portals = { ...SCREEN, view: "mcpPortals.portals" };

  it("offers what edits the portal's layer", () =>
    deepEqual(
      [...offered(["tool;enabled;overridden"], portals)].sort(),
      [
        COMMANDS.copyExposedName,
        disable,
        COMMANDS.editAlias,
        COMMANDS.editDescription,
        COMMANDS.explain,
        COMMANDS.openDefinition,
        COMMANDS.showClients,
        COMMANDS.tryTool,
        resetOverrides,
      ].sort(),
    ));

  it("offers of a server what changes its place in the portal, its sync and its document", () => {
    const always = [
      disable,
      enable,
      COMMANDS.explain,
      COMMANDS.openServer,
      COMMANDS.showClients,
      COMMANDS.showCost,
      syncServer,
      COMMANDS.detachServer,
      COMMANDS.selectTools,
      COMMANDS.openDashboard,
      COMMANDS.copyRedirectUri,
      COMMANDS.copyAllOverrides,
    ];
    deepEqual(
      [...offered(["mapping;ready;newToolsOff"], portals)].sort(),
      [...always, COMMANDS.letNewToolsThrough, COMMANDS.requireUserAuth].sort(),
    );
    deepEqual(
      [...offered(["mapping;ready;userAuth"], portals)].sort(),
      [...always, COMMANDS.keepNewToolsOff, COMMANDS.useAdminCredential].sort(),
    );
  });

  it("offers of a portal its document, and what changes it", () =>
    deepEqual(
      [...offered(["portal"], portals)].sort(),
      [
        COMMANDS.attachServers,
        COMMANDS.clonePortal,
        COMMANDS.compareWith,
        COMMANDS.connectPortal,
        COMMANDS.copyAllOverrides,
        COMMANDS.copyConfiguration,
        COMMANDS.deletePortal,
        COMMANDS.editPortal,
        COMMANDS.explain,
        COMMANDS.openDashboard,
        COMMANDS.openPortal,
        COMMANDS.saveToWorkspace,
        COMMANDS.selectTools,
        COMMANDS.setCodeMode,
        COMMANDS.showClients,
        COMMANDS.showCost,
        COMMANDS.verifyPortal,
      ].sort(),
    ));

  it("offers nothing that writes where the account is read-only", () => {
    deepEqual(
      [...offered(["tool;disabled;overridden;readOnly"], portals)].sort(),
      [
        COMMANDS.copyExposedName,
        COMMANDS.explain,
        COMMANDS.openDefinition,
        COMMANDS.showClients,
        COMMANDS.tryTool,
      ].sort(),
    );
    deepEqual(
      [...offered(["portal;readOnly"], portals)],
      [
        COMMANDS.openPortal,
        COMMANDS.openDashboard,
        COMMANDS.compareWith,
        COMMANDS.showClients,
        COMMANDS.showCost,
        COMMANDS.explain,
        COMMANDS.connectPortal,
        COMMANDS.verifyPortal,
        COMMANDS.copyConfiguration,
        COMMANDS.copyAllOverrides,
        COMMANDS.saveToWorkspace,
      ],
    );
  });
});

describe("The buttons of a row", () => {
  it("go by the state of their own row, also while several rows are selected", () => {
    for (const isMany of [false, true]) {
      deepEqual([...inline("tool;enabled", isMany)], [COMMANDS.editAlias]);
      deepEqual(
        [...inline("tool;enabled;overridden;problem", isMany)].sort(),
        [COMMANDS.editAlias, fixProblems, resetOverrides].sort(),
      );
      deepEqual([...inline("tool;enabled;overridden;problem;readOnly", isMany)], []);
    }
  });

  it("are at most three", () => {
    for (const row of ROWS) {
      ok(inline(row).length <= 3, row);
    }
  });
});

describe("The menus of files", () => {
  const menus = ["explorer/context", "editor/title"] as const;
  const onFile = (menu: (typeof menus)[number], context: WhenContext): readonly CommandId[] =>
    (manifest.contributes.menus[menu] ?? [])
      .filter(({ when }) => holds(when, { resourceScheme: "file", ...SCREEN, ...context }))
      .map(({ command }) => command);
  const { compareWith, applyToAccount } = COMMANDS;
  const Files = ["docs.mcp-server.json", "engineering.mcp-portal.json"];

  it("compare and apply a file of ours, in the explorer and in an editor's title", () => {
    for (const menu of menus) {
      for (const resourceFilename of Files) {
        deepEqual(onFile(menu, { resourceFilename }), [compareWith, applyToAccount]);
        deepEqual(onFile(menu, { resourceFilename, resourceScheme: "vscode-vfs" }), [
          compareWith,
          applyToAccount,
        ]);
      }
    }
  });

  it("don't apply to an account that can only be read, and do nothing while nobody is signed in", () => {
    for (const menu of menus) {
      for (const resourceFilename of Files) {
        deepEqual(onFile(menu, { resourceFilename, "mcpPortals.readOnly": true }), [compareWith]);
        deepEqual(onFile(menu, { resourceFilename, "mcpPortals.phase": "signedOut" }), []);
      }
    }
  });

  it("aren't those of other files, nor of our documents", () => {
    for (const menu of menus) {
      for (const resourceFilename of [
        "package.json",
        "docs.mcp-server.json.bak",
        "mcp-server.json",
      ]) {
        deepEqual(onFile(menu, { resourceFilename }), []);
      }
      for (const resourceScheme of ["mcp-portals", "mcp-portals-file"]) {
        deepEqual(onFile(menu, { resourceFilename: "docs.mcp-server.json", resourceScheme }), []);
      }
    }
  });
});

describe("Menus", () => {
  const groupsOf = (menu: string, context: WhenContext): ReadonlyMap<string, readonly string[]> => {
    const shown = (manifest.contributes.menus[menu] ?? []).filter(({ when }) =>
      holds(when, context),
    );
    const groups = Map.groupBy(shown, ({ group }) => group.split("@")[0] ?? "");
    return new Map([...groups].map(([group, all]) => [group, all.map(({ command }) => command)]));
  };

  it("have no group of more entries than anybody reads, on any row", () => {
    const seen = new Set<string>();
    for (const [view, viewItem] of EVERY_ROW) {
      const context = { ...SCREEN, "mcpPortals.connected": true, view, viewItem };
      for (const [group, all] of groupsOf("view/item/context", context)) {
        seen.add(group);
        ok(all.length <= MOST_IN_GROUP, `${view}, ${viewItem}, ${group}: ${all.join(", ")}`);
      }
    }
    const known = new Set(entries.map(({ group }) => group.split("@")[0]));
    deepEqual([...seen].sort(), [...known].sort());
  });

  it("above a view have no group of more entries either", () => {
    for (const view of ["servers", "portals", "review", "live"]) {
      const context = { ...SCREEN, view: `mcpPortals.${view}`, "mcpPortals.filtered": true };
      for (const [group, all] of groupsOf("view/title", context)) {
        ok(all.length <= MOST_IN_GROUP, `${view}, ${group}: ${all.join(", ")}`);
      }
    }
  });
});
