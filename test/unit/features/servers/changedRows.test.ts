import { deepEqual } from "node:assert/strict";
import { FILTERS } from "../../../../src/domain/filter.ts";
import { RESOURCES } from "../../../../src/domain/resources/kinds.ts";
import { newResource } from "../../../../src/domain/resources/resource.ts";
import {
  emptyState,
  newAccountState,
  type ServerResource,
  type State,
  type SyncState,
} from "../../../../src/engine/state.ts";
import { changedRows } from "../../../../src/features/servers/changedRows.ts";
import { capability, server } from "../../support/servers.ts";

const ACCOUNT = { id: "0123456789abcdef0123456789abcdef", name: "Ours" };
const EMPTY = newAccountState(ACCOUNT, RESOURCES.empty);
const NO_ACCOUNTS: State = emptyState();
const NONE = { servers: [], counts: [], capabilities: [] };
const ROW = { accountId: ACCOUNT.id, serverId: "docs" };

function stateOf(...servers: readonly ServerResource[]): State {
  const items = new Map(servers.map((each) => [each.optimistic.id, each]));
  const collections = { ...RESOURCES.empty, server: { ...RESOURCES.empty.server, items } };
  return { ...NO_ACCOUNTS, accounts: new Map([[ACCOUNT.id, { ...EMPTY, collections }]]) };
}

function withSyncs(state: State, servers: SyncState["servers"]): State {
  const accounts = [...state.accounts].map(
    ([id, account]) => [id, { ...account, syncs: { run: undefined, servers } }] as const,
  );
  return { ...state, accounts: new Map(accounts) };
}

describe("the rows that are drawn again", () => {
  const before = newResource(server());

  it("are none where nothing changed", () =>
    deepEqual(changedRows(stateOf(before), stateOf(before)), NONE));

  it("are none while an account that stands alone has no servers", () => {
    const loading = stateOf();
    const readOnly = new Map([
      [ACCOUNT.id, { ...EMPTY, access: { readOnly: true, refused: false } }],
    ]);
    deepEqual(changedRows(NO_ACCOUNTS, loading), NONE);
    deepEqual(changedRows(loading, { ...loading, accounts: readOnly }), NONE);
    deepEqual(changedRows(loading, NO_ACCOUNTS), NONE);
  });

  it("are a tool's own and the counts above it when it was switched off", () => {
    const after = newResource(server({ toolOverrides: [{ name: "search", enabled: false }] }));
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
      newResource(server({ tools })),
      newResource(server({ tools: [] })),
      newResource(server({ status: "error" })),
      newResource(server({ name: "Handbook" })),
    ]) {
      deepEqual(changedRows(stateOf(before), stateOf(after)), all);
    }
    const running = new Map([[before.identity, { phase: "running" as const, last: undefined }]]);
    deepEqual(changedRows(stateOf(before), withSyncs(stateOf(before), running)), all);
  });

  it("are all of a server under a filter, which may leave other rows of it now", () => {
    const filter = new Set(FILTERS.slice(0, 1));
    const after = newResource(server({ toolOverrides: [{ name: "search", enabled: false }] }));
    deepEqual(changedRows({ ...stateOf(before), filter }, { ...stateOf(after), filter }), {
      servers: [{ kind: "server", ...ROW }],
      counts: [],
      capabilities: [],
    });
  });

  it("are all there are when a server came or went", () => {
    deepEqual(changedRows(stateOf(before), stateOf()), "all");
    const other = newResource(server({ id: "wiki" }));
    deepEqual(changedRows(stateOf(before), stateOf(before, other)), "all");
    deepEqual(changedRows(stateOf(), stateOf(before)), "all");
  });
});
