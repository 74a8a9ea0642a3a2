import { deepEqual } from "node:assert/strict";
import { FILTERS } from "../../../../src/domain/filter.ts";
import {
  EMPTY_STATE,
  newAccountState,
  newServerState,
  type ServerState,
  type State,
} from "../../../../src/engine/state.ts";
import { changedRows } from "../../../../src/features/servers/changedRows.ts";
import { capability, server } from "../../support/servers.ts";

const ACCOUNT = { id: "0123456789abcdef0123456789abcdef", name: "Ours" };
const EMPTY = newAccountState(ACCOUNT);
const NONE = { servers: [], counts: [], capabilities: [] };
const ROW = { accountId: ACCOUNT.id, serverId: "docs" };

function stateOf(...servers: readonly ServerState[]): State {
  const account = {
    ...EMPTY,
    servers: new Map(servers.map((each) => [each.optimistic.id, each])),
  };
  return { ...EMPTY_STATE, accounts: new Map([[ACCOUNT.id, account]]) };
}

describe("the rows that are drawn again", () => {
  const before = newServerState(server());

  it("are none where nothing changed", () =>
    deepEqual(changedRows(stateOf(before), stateOf(before)), NONE));

  it("are none while an account that stands alone has no servers", () => {
    const loading = stateOf();
    const readOnly = new Map([
      [ACCOUNT.id, { ...EMPTY, access: { readOnly: true, refused: false } }],
    ]);
    deepEqual(changedRows(EMPTY_STATE, loading), NONE);
    deepEqual(changedRows(loading, { ...loading, accounts: readOnly }), NONE);
    deepEqual(changedRows(loading, EMPTY_STATE), NONE);
  });

  it("are a tool's own and the counts above it when it was switched off", () => {
    const after = newServerState(server({ toolOverrides: [{ name: "search", enabled: false }] }));
    deepEqual(changedRows(stateOf(before), stateOf(after)), {
      servers: [],
      counts: [{ kind: "server", ...ROW }],
      capabilities: [{ kind: "tool", ...ROW, name: "search" }],
    });
  });

  it("are all of a server when its catalogue, its status or its sync changed", () => {
    const all = { servers: [{ kind: "server", ...ROW }], counts: [], capabilities: [] };
    const tools = [capability("tool", "search"), capability("tool", "new_one")];
    for (const after of [
      newServerState(server({ tools })),
      newServerState(server({ tools: [] })),
      newServerState(server({ status: "error" })),
      newServerState(server({ name: "Handbook" })),
      { ...before, sync: "running" as const },
    ]) {
      deepEqual(changedRows(stateOf(before), stateOf(after)), all);
    }
  });

  it("are all of a server under a filter, which may leave other rows of it now", () => {
    const filter = new Set(FILTERS.slice(0, 1));
    const after = newServerState(server({ toolOverrides: [{ name: "search", enabled: false }] }));
    deepEqual(changedRows({ ...stateOf(before), filter }, { ...stateOf(after), filter }), {
      servers: [{ kind: "server", ...ROW }],
      counts: [],
      capabilities: [],
    });
  });

  it("are all there are when a server came or went", () => {
    deepEqual(changedRows(stateOf(before), stateOf()), "all");
    const other = newServerState(server({ id: "wiki" }));
    deepEqual(changedRows(stateOf(before), stateOf(before, other)), "all");
    deepEqual(changedRows(stateOf(), stateOf(before)), "all");
  });
});
