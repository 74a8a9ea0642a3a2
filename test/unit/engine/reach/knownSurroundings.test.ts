import { deepEqual, equal, rejects } from "node:assert/strict";
import type { AccessApp } from "../../../../src/domain/access/accessApp.ts";
import type { CloudflareClient } from "../../../../src/domain/cloudflareClient.ts";
import type { Portal } from "../../../../src/domain/portals/portal.ts";
import { KnownSurroundings } from "../../../../src/engine/reach/knownSurroundings.ts";
import type { ReachClient } from "../../../../src/engine/reach/look.ts";
import { portalApp, RECORD } from "../../domain/reach/support/reachFacts.ts";
import { mapping, portal } from "../../support/portals.ts";

describe("what is known beside portals", () => {
  let portals: readonly Portal[];
  let asked: string[];
  let apps: readonly AccessApp[];
  let known: KnownSurroundings;
  let changes: number;
  const unused = (): never => {
    throw new Error("Nobody may ask for this.");
  };
  const api: ReachClient = {
    listAccessApps: async () => {
      asked.push("apps");
      return { items: apps, rejected: [] };
    },
    listAccessPolicies: async (id) => {
      asked.push(`policies ${id}`);
      return [];
    },
    findZone: async (host, { signal } = {}) => {
      signal?.throwIfAborted();
      asked.push(`zone ${host}`);
      return { id: "z1", name: "example.com" };
    },
    listDnsRecords: async (_zone, host) => [{ ...RECORD, name: host }],
    probePortal: unused as CloudflareClient["probePortal"],
    portalEndpoint: unused as CloudflareClient["portalEndpoint"],
  };

  beforeEach(() => {
    portals = [portal({ mappings: [mapping("docs")] })];
    apps = [portalApp()];
    asked = [];
    changes = 0;
    known = new KnownSurroundings(api, () => portals);
    known.onDidChange(() => {
      changes += 1;
    });
  });

  it("is missing until it was read, of each portal, and is read without a probe", async () => {
    equal(known.isMissing, true);
    await known.read({});
    equal(known.isMissing, false);
    deepEqual(asked, ["apps", "zone mcp.example.com"]);
    deepEqual([...known.all.keys()], ["main"]);
    portals = [...portals, portal({ id: "other", hostname: "other.example.com" })];
    equal(known.isMissing, true);
    equal(changes, 1);
  });

  it("asks for all applications once, and for the policies that their list didn't hold", async () => {
    portals = [...portals, portal({ id: "other", hostname: "other.example.com" })];
    apps = [portalApp({ policies: undefined })];
    await known.read({});
    deepEqual([...asked].sort(), [
      "apps",
      "policies a1",
      "zone mcp.example.com",
      "zone other.example.com",
    ]);
  });

  it("asks nothing for an account without portals", async () => {
    portals = [];
    equal(known.isMissing, false);
    await known.read({});
    deepEqual(asked, []);
  });

  it("is missing again once a portal has another host", async () => {
    await known.read({});
    portals = [portal({ hostname: "other.example.com" })];
    equal(known.isMissing, true);
  });

  it("takes over what somebody has read", async () => {
    await known.read({});
    const dns = { kind: "read", value: { zone: "example.com", records: [] } } as const;
    known.learn(portal(), { dns, apps: { kind: "read", value: [] }, probe: undefined });
    deepEqual(known.all.get("main")?.dns, dns);
    equal(changes, 2);
  });

  it("rejects where it is aborted, and keeps what was known", async () => {
    await known.read({});
    const before = known.all;
    await rejects(known.read({ signal: AbortSignal.abort() }));
    equal(known.all, before);
  });
});
