import { deepEqual } from "node:assert/strict";
import type { Portal } from "../../../../src/domain/portals/portal.ts";
import { RESOURCES } from "../../../../src/domain/resources/kinds.ts";
import { newResource } from "../../../../src/domain/resources/resource.ts";
import type { Server } from "../../../../src/domain/servers/server.ts";
import { emptyState, newAccountState, type State } from "../../../../src/engine/state.ts";
import { changedPortalRows } from "../../../../src/features/portals/changedRows.ts";
import { mapping, portal } from "../../support/portals.ts";
import { server } from "../../support/servers.ts";

const ACCOUNT = { id: "0123456789abcdef0123456789abcdef", name: "Ours" };
const EMPTY = newAccountState(ACCOUNT, RESOURCES.empty);
const NOTHING: State = emptyState();
const PORTAL = { kind: "portal", accountId: ACCOUNT.id, portalId: "main" };
const MAPPING = { ...PORTAL, kind: "mapping", serverId: "docs" };
const docs = server();

function stateOf(portals: readonly Portal[], servers: readonly Server[] = [docs]): State {
  const collections = {
    server: {
      ...RESOURCES.empty.server,
      items: new Map(servers.map((each) => [each.id, newResource(each)])),
    },
    portal: {
      ...RESOURCES.empty.portal,
      items: new Map(portals.map((each) => [each.id, newResource(each)])),
    },
  };
  const account = { ...EMPTY, collections };
  return { ...NOTHING, accounts: new Map([[ACCOUNT.id, account]]) };
}

describe("the rows of portals that are drawn again", () => {
  const before = portal({ mappings: [mapping("docs")] });

  it("are none where nothing changed, nor where a server of no portal did", () => {
    const state = stateOf([before]);
    deepEqual(changedPortalRows(state, state), { now: [], whenQuiet: [] });
    const other = server({ id: "wiki", name: "Wiki" });
    deepEqual(changedPortalRows(stateOf([before]), stateOf([before], [docs, other])), {
      now: [],
      whenQuiet: [],
    });
  });

  it("are a tool's own and the counts above it when the portal switched it off", () => {
    const toolOverrides = [{ name: "search", enabled: false }];
    const after = portal({ mappings: [mapping("docs", { toolOverrides })] });
    deepEqual(changedPortalRows(stateOf([before]), stateOf([after])), {
      now: [{ ...MAPPING, kind: "tool", name: "search" }],
      whenQuiet: [MAPPING],
    });
  });

  it("are the same in each portal when the server switched it off", () => {
    const other = portal({ id: "other", mappings: [mapping("docs")] });
    const off = server({ toolOverrides: [{ name: "search", enabled: false }] });
    const rows = changedPortalRows(stateOf([before, other]), stateOf([before, other], [off]));
    deepEqual(rows, {
      now: ["main", "other"].map((portalId) => ({
        ...MAPPING,
        portalId,
        kind: "tool",
        name: "search",
      })),
      whenQuiet: ["main", "other"].map((portalId) => ({ ...MAPPING, portalId })),
    });
  });

  it("are a server's with all below it when new tools are kept off", () => {
    const after = portal({ mappings: [mapping("docs", { defaultDisabled: true })] });
    deepEqual(changedPortalRows(stateOf([before]), stateOf([after])), {
      now: [MAPPING],
      whenQuiet: [],
    });
  });

  it("are a portal's with all below it when it was renamed, got a server, or one stopped", () => {
    for (const [after, servers] of [
      [portal({ name: "All", mappings: [mapping("docs")] }), [docs]],
      [portal({ mappings: [mapping("docs"), mapping("wiki")] }), [docs]],
      [before, [server({ status: "error" })]],
      // They are sorted by name.
      [before, [server({ name: "Handbook" })]],
    ] as const) {
      deepEqual(changedPortalRows(stateOf([before]), stateOf([after], servers)), {
        now: [PORTAL],
        whenQuiet: [],
      });
    }
  });
});
