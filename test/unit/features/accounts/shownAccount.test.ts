import { deepEqual } from "node:assert/strict";
import { ShownAccount } from "../../../../src/features/accounts/shownAccount.ts";

const [FIRST, SECOND] = ["1".repeat(32), "2".repeat(32)];

describe("the account that is shown", () => {
  const kept = new Map<string, unknown>();
  const memento = {
    keys: () => [...kept.keys()],
    get: <T>(key: string, fallback?: T): T | undefined => (kept.has(key) ? read(key) : fallback),
    update: async (key: string, value: unknown) => {
      if (value === undefined) {
        kept.delete(key);
      } else {
        kept.set(key, value);
      }
    },
  };
  // The stored value is JSON, so its reader may expect any type.
  const read = (key: string) => JSON.parse(JSON.stringify(kept.get(key)));
  let shown: string[] = [];
  const start = () => new ShownAccount((id) => shown.push(id), memento);
  beforeEach(() => {
    kept.clear();
    shown = [];
  });

  it("is the one that was chosen, also in the next window", () => {
    start().show(FIRST);
    start();
    deepEqual(shown, ["all", FIRST, FIRST]);
  });

  it("gives way to one that is added, but All Accounts doesn't", () => {
    const account = start();
    account.added(FIRST);
    account.show(FIRST);
    account.added(SECOND);
    deepEqual(shown, ["all", FIRST, SECOND]);
  });

  it("is forgotten when it is signed out", () => {
    const account = start();
    account.show(FIRST);
    account.removed(SECOND);
    account.removed(FIRST);
    deepEqual(shown, ["all", FIRST, "all"]);
    deepEqual([...kept], []);
  });

  it("is all where something else is kept", () => {
    kept.set("mcpPortals.shownAccount", 7);
    start();
    deepEqual(shown, ["all"]);
  });
});
