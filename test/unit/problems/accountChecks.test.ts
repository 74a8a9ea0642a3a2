import { deepEqual, equal, notEqual } from "node:assert/strict";
import { DEFAULT_SETTINGS } from "../../../src/model/checks/settings.ts";
import type { Server } from "../../../src/model/server.ts";
import {
  type AccountState,
  newAccountState,
  newServerState,
  type ServerState,
} from "../../../src/store/state.ts";
import { AcceptedHintsStore } from "../../../src/ui/problems/accepted.ts";
import { AccountChecks } from "../../../src/ui/problems/accountChecks.ts";
import { Rules } from "../../../src/ui/problems/rules.ts";
import { server } from "../support/servers.ts";

const IDS = ["docs", "wiki", "shop"];

describe("the checks of an account", () => {
  let looks: number;
  let checks: AccountChecks;
  beforeEach(async () => {
    looks = 0;
    const rules = new Rules();
    await rules.load();
    const nothingKept = { keys: () => [], get: () => undefined, update: async () => undefined };
    checks = new AccountChecks(rules, new AcceptedHintsStore(nothingKept), {
      servers: () => [],
      settings: () => {
        looks += 1;
        return DEFAULT_SETTINGS;
      },
      introduced: () => undefined,
    });
  });

  it("aren't made again while syncs only begin, run and end", () => {
    const before = checks.check(account());
    equal(looks, 1);
    for (const sync of ["waiting", "running", undefined] as const) {
      const moved = account((state) => ({ ...state, sync, revision: state.revision + 1 }));
      equal(checks.check(moved, before), before);
    }
    equal(looks, 1);
  });

  it("are made again for another server, another truth, more servers, fewer servers", () => {
    const before = checks.check(account());
    const other = server({ id: "wiki", name: "Other" });
    const accounts = [
      account((state) => (state.server.id === "wiki" ? { ...state, server: other } : state)),
      account((state) => (state.server.id === "wiki" ? { ...state, truth: other } : state)),
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

  it("are made again of the same servers when what is thought of them has changed", () => {
    const before = checks.check(account());
    deepEqual(checks.check(account(), before, { anew: true }), before);
    equal(looks, 2);
  });
});

const SERVERS = new Map<string, Server>();

function account(
  change = (state: ServerState): ServerState => state,
  ids: readonly string[] = IDS,
): AccountState {
  const states = ids.map((id): [string, ServerState] => {
    const known = SERVERS.get(id) ?? server({ id });
    SERVERS.set(id, known);
    return [id, change(newServerState(known))];
  });
  return { ...newAccountState({ id: "a", name: "Account" }), servers: new Map(states) };
}
