import { deepEqual, equal, notEqual } from "node:assert/strict";
import { DEFAULT_SETTINGS } from "../../../../src/domain/checks/settings.ts";
import { NO_COST } from "../../../../src/domain/cost/sums.ts";
import { RESOURCES } from "../../../../src/domain/resources/kinds.ts";
import { newResource } from "../../../../src/domain/resources/resource.ts";
import type { Server } from "../../../../src/domain/servers/server.ts";
import {
  type AccountState,
  newAccountState,
  type ServerResource,
  type SyncState,
} from "../../../../src/engine/state.ts";
import { AcceptedHintsStore } from "../../../../src/features/problems/acceptedHints.ts";
import { AccountChecks } from "../../../../src/features/problems/accountChecks.ts";
import { Rules } from "../../../../src/features/problems/rules.ts";
import { server } from "../../support/servers.ts";

const IDS = ["docs", "wiki", "shop"];

describe("the checks of an account", () => {
  let looks: number;
  let saves: unknown[];
  let accepted: AcceptedHintsStore;
  let checks: AccountChecks;
  beforeEach(async () => {
    looks = 0;
    saves = [];
    const rules = new Rules();
    await rules.load();
    const file = {
      read: () => undefined,
      update: async (change: (value: unknown) => unknown) => void saves.push(change(undefined)),
      updateNow: (change: (value: unknown) => unknown) => void saves.push(change(undefined)),
    };
    accepted = new AcceptedHintsStore(
      () => file,
      { keys: () => [], get: () => undefined, update: async () => undefined },
      () => undefined,
    );
    checks = new AccountChecks(rules, accepted, {
      servers: () => [],
      settings: () => {
        looks += 1;
        return DEFAULT_SETTINGS;
      },
      lost: () => ({ servers: new Map(), portals: new Map(), renamedTo: () => undefined }),
      costs: () => ({
        ofServer: () => NO_COST,
        ofPortal: () => NO_COST,
        ofOwnTools: () => [],
        ofTool: () => 0,
      }),
      reach: () => new Map(),
      live: () => undefined,
      warmedUp: () => undefined,
    });
  });

  it("aren't made again while syncs only begin, run and end", () => {
    const before = checks.check(account());
    equal(looks, 1);
    for (const sync of ["waiting", "running", undefined] as const) {
      const synced = account((state) => ({ ...state, revision: state.revision + 1 }));
      const resources = [...synced.collections.server.items.values()];
      const servers = new Map(
        resources.map(({ identity }) => [identity, { phase: sync, last: undefined }]),
      );
      const moved = { ...synced, syncs: { servers, run: undefined } };
      equal(checks.check(moved, before), before);
    }
    equal(looks, 1);
  });

  it("are made again for another server, another truth, more servers, fewer servers", () => {
    const before = checks.check(account());
    const other = server({ id: "wiki", name: "Other" });
    const accounts = [
      account((state) =>
        state.optimistic.id === "wiki" ? { ...state, optimistic: other } : state,
      ),
      account((state) => (state.optimistic.id === "wiki" ? { ...state, remote: other } : state)),
      account(undefined, [...IDS, "more"]),
      account(undefined, IDS.slice(1)),
      account(undefined, []),
    ];
    for (const changed of accounts) {
      looks = 0;
      notEqual(checks.check(changed, before), before);
      equal(looks, 1);
    }
  });

  it("have what Cloudflare refused among them, as long as it stands", () => {
    const refusals = [{ code: 7001, message: "No", path: ["tools", "search", "alias"] }];
    const before = checks.check(account());
    const refused = checks.check(
      account((state) => (state.optimistic.id === "wiki" ? { ...state, refusals } : state)),
      before,
    );
    deepEqual(refused.findings.get("wiki"), [
      {
        rule: "api/7001",
        severity: "error",
        message: "No",
        path: ["tools", "search", "alias"],
        subject: { kind: "tool", name: "search" },
      },
    ]);
    equal(refused.findings.get("docs"), before.findings.get("docs"));
    deepEqual(checks.check(account(), refused).findings.get("wiki"), []);
  });

  it("are made again of the same servers when the settings have changed", () => {
    const before = checks.check(account());
    deepEqual(checks.check(account(), before, { anew: true }), before);
    equal(looks, 2);
  });

  it("save the tools of a run of syncs once, when it's over", () => {
    const ids = Array.from({ length: 100 }, (_, index) => `s${index}`);
    const bare = { ...server(), tools: [], prompts: [] };
    const synced = (count: number): AccountState => {
      const states = ids.map((id, index): [string, ServerResource] => {
        const known = index < count ? serverOf(id) : { ...bare, id };
        return [id, newResource(known)];
      });
      const run = count < ids.length ? { total: ids.length, done: count } : undefined;
      return accountOf(states, { servers: new Map(), run });
    };
    let known = checks.check(synced(0));
    for (let count = 1; count <= ids.length; count += 1) {
      equal(saves.length, 0);
      known = checks.check(synced(count), known);
    }
    const tools = [
      ["search", null, null],
      ["delete_page", null, null],
    ];
    deepEqual(saves, [Object.fromEntries(ids.map((id) => [id, tools]))]);
  });

  it("save what was learnt when the window closes in the middle of a run", () => {
    const run = { total: 3, done: 1 };
    checks.check({ ...account(), syncs: { servers: new Map(), run } });
    deepEqual(saves, []);
    accepted.saveAll();
    accepted.saveAll();
    equal(saves.length, 1);
  });
});

const SERVERS = new Map<string, Server>();

function account(
  change = (state: ServerResource): ServerResource => state,
  ids: readonly string[] = IDS,
): AccountState {
  const states = ids.map((id): [string, ServerResource] => {
    return [id, change(newResource(serverOf(id)))];
  });
  return accountOf(states);
}

function accountOf(
  states: readonly (readonly [string, ServerResource])[],
  syncs: SyncState = { servers: new Map(), run: undefined },
): AccountState {
  const server = { ...RESOURCES.empty.server, items: new Map(states) };
  const collections = { ...RESOURCES.empty, server };
  return { ...newAccountState({ id: "a", name: "Account" }, collections), syncs };
}

/** Returns the same object for the same id. */
function serverOf(id: string): Server {
  const known = SERVERS.get(id) ?? server({ id });
  SERVERS.set(id, known);
  return known;
}
