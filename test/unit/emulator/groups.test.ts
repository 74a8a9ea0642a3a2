import { deepEqual } from "node:assert/strict";
import { Clock } from "../../../src/emulator/clock.ts";
import { type AccessApp, letsIn } from "../../../src/emulator/state/access.ts";
import { AccountStore } from "../../../src/emulator/state/accounts.ts";

describe("emulator: Access groups", () => {
  it("let in whom their rules name, while they are there", () => {
    const store = new AccountStore(new Clock());
    const account = store.addAccount("0".repeat(32), "Harbor Lane");
    const rules = { exclude: [], require: [] };
    const policy = { ...rules, id: "p1", name: "Ops", decision: "allow" } as const;
    const app: AccessApp = {
      id: "a1",
      type: "mcp",
      name: "Docs",
      policies: [{ ...policy, include: [{ group: { id: "g1" } }] }],
    };
    const enters = (email: string) => letsIn(account, app, { kind: "user", email });
    const seen = () => ["ann@example.com", "eve@elsewhere.example"].map(enters);
    deepEqual(seen(), [false, false]);
    const include = [{ email_domain: { domain: "example.com" } }];
    store.put(account.groups, { ...rules, id: "g1", name: "Ops", include });
    deepEqual(seen(), [true, false]);
  });
});
