import { deepEqual, equal, ok } from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Connector } from "../../../src/cloudflare/connect.ts";
import type { Connection } from "../../../src/domain/cloudflareClient.ts";
import { RESOURCES } from "../../../src/domain/resources/kinds.ts";
import { withRemote } from "../../../src/domain/resources/resource.ts";
import { SERVER_FIELDS } from "../../../src/domain/servers/fields.ts";
import type { Server } from "../../../src/domain/servers/server.ts";
import { serverKind, serverRef } from "../../../src/domain/servers/serverKind.ts";
import { SERVER_SNAPSHOT } from "../../../src/domain/servers/serverSnapshot.ts";
import { type Emulator, startEmulator } from "../../../src/emulator/start.ts";
import { FileSnapshotCache } from "../../../src/engine/files/snapshots.ts";
import { Refresher } from "../../../src/engine/refresh.ts";
import { Store } from "../../../src/engine/store.ts";

describe("a refresh", () => {
  let emulator: Emulator;
  let connection: Connection;
  let folder: string;
  let store: Store;
  let worse: string[];
  let events: number;

  before(async () => {
    emulator = await startEmulator();
    connection = new Connector().connect({
      apiRoot: emulator.url,
      credential: { kind: "token", token: emulator.token },
      userAgent: "test",
    });
  });
  after(async () => {
    await connection.close();
    await emulator.close();
  });
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "refresh-"));
    worse = [];
    store = openStore();
    events = 0;
    store.onDidChange(() => {
      events += 1;
    });
  });
  afterEach(async () => {
    await Promise.all(kept.splice(0).map((file) => file.end()));
    await rm(folder, { recursive: true, force: true });
  });

  const kept: { end(): Promise<void> }[] = [];
  const keep = (): FileSnapshotCache<Server> => {
    const cache = new FileSnapshotCache(join(folder, "servers.json"), SERVER_SNAPSHOT);
    kept.push(cache);
    return cache;
  };
  const openStore = (): Store => {
    const opened = new Store(RESOURCES);
    opened.addAccount({ id: emulator.accountId, name: "Test" });
    opened.onDidDiffer((difference) => {
      if (difference.kind === "stoppedWorking") {
        worse.push(...difference.resources.map(({ id }) => id));
      }
    });
    return opened;
  };
  const refresher = (now = 1000): Refresher<Server> =>
    new Refresher({
      kind: serverKind,
      store: servers(),
      api: connection.client(emulator.accountId),
      cache: keep(),
      now: () => now,
    });
  const servers = () => store.collection(emulator.accountId, "server");
  const account = () => servers().current;
  const server = (id: string) => account()?.items.get(id);

  it("that brings nothing new changes nothing, not even an object", async () => {
    const own = refresher();
    deepEqual(await own.run({}), { isWhole: true });
    const { state } = store;
    equal(events, 1);
    for (let round = 0; round < 3; round += 1) {
      deepEqual(await own.run({}), { isWhole: true });
    }
    equal(events, 1);
    equal(store.state, state);
  });

  it("that finds one server changed replaces that one alone", async () => {
    const own = refresher();
    await own.run({});
    const before = account()?.items ?? new Map();
    emulator.control.write({ server: "docs", patch: { description: "Other words" } });
    await own.run({});
    equal(events, 2);
    deepEqual(
      [...(account()?.items ?? [])].filter(([id, is]) => before.get(id) !== is).map(([id]) => id),
      ["docs"],
    );
  });

  it("tells of a server that was ready, once, and not of what was broken before", async () => {
    const own = refresher();
    await own.run({});
    deepEqual(worse, []);
    emulator.control.write({ server: "tickets", patch: { status: "error", error: "gone" } });
    await own.run({});
    await own.run({});
    deepEqual(worse, ["tickets"]);
  });

  it("doesn't tell of what this window has found out meanwhile", async () => {
    const own = refresher();
    await own.run({});
    emulator.control.switches({ latency: 100 });
    const running = own.run({});
    servers().updateItem("docs", (known) => ({
      ...withRemote(SERVER_FIELDS, known, { ...known.remote, status: "error" }),
      revision: known.revision + 1,
    }));
    await running;
    emulator.control.resetSwitches();
    equal(server("docs")?.remote.status, "error");
    deepEqual(worse, []);
  });

  it("that fails keeps what is there and says from when it is", async () => {
    const own = refresher(5000);
    await own.run({});
    const { items } = account() ?? {};
    emulator.control.switches({
      faults: [{ kind: "html", match: { method: "GET", path: "/servers$" } }],
    });
    equal((await own.run({})).isWhole, false);
    const load = account()?.load;
    equal(load?.kind === "failed" && load.lastGood, 5000);
    equal(account()?.items, items);
    equal((await own.run({})).isWhole, true);
    equal(account()?.load.kind, "loaded");
  });

  describe("with a server that can't be understood any more", () => {
    const unreadable = (...ids: readonly string[]): void => {
      const known = [...(account()?.items.values() ?? [])].map(({ remote: { received } }) =>
        ids.includes(String(received["id"])) ? { ...received, hostname: 5 } : received,
      );
      const body = JSON.stringify({ success: true, errors: [], messages: [], result: known });
      const match = { method: "GET", path: "/servers$" };
      emulator.control.switches({ faults: [{ kind: "body", body, match }] });
    };

    it("keeps it as it was, with what waits to be saved", async () => {
      const own = refresher();
      await own.run({});
      const change = { field: { of: undefined, key: "name" }, from: "Docs", to: "New" } as const;
      servers().updateItem("docs", (known) => ({
        ...withRemote(SERVER_FIELDS, known, known.remote, [
          { ref: serverRef(emulator.accountId, "docs"), changes: [change] },
        ]),
        refusals: [{ code: 7001, message: "No", path: ["name"] }],
      }));
      const { items } = account() ?? {};
      unreadable("docs");
      equal((await own.run({})).isWhole, false);
      equal(account()?.load.kind, "failed");
      equal(account()?.items, items);
      equal((await own.run({})).isWhole, true);
    });

    it("changes nothing while that stays so", async () => {
      const own = refresher();
      await own.run({});
      unreadable("docs");
      await own.run({});
      const { state } = store;
      unreadable("docs");
      await own.run({});
      equal(store.state, state);
      unreadable("docs", "tickets");
      await own.run({});
      equal(store.state, state);
      unreadable("tickets");
      await own.run({});
      const load = account()?.load;
      ok(load?.kind === "failed" && /tickets/u.test(String(load.error)));
      equal((await own.run({})).isWhole, true);
    });
  });

  it("is preceded by what an earlier window saw", async () => {
    await refresher(5000).run({});
    const names = [...(account()?.items.keys() ?? [])];
    store = openStore();
    const later = refresher(9000);
    await kept[0]?.end();
    await later.restore();
    deepEqual([...(account()?.items.keys() ?? [])], names);
    deepEqual(account()?.load, { kind: "loading", lastGood: 5000 });
    equal(server("docs")?.remote.received["id"], undefined);
    await later.run({});
    deepEqual(account()?.load, { kind: "loaded" });
    equal(server("docs")?.remote.received["id"], "docs");
    deepEqual(worse, []);
  });

  it("doesn't tell of what broke while no window looked, offline at first or not", async () => {
    await refresher(5000).run({});
    await kept[0]?.end();
    emulator.control.write({ server: "shop", patch: { status: "error", error: "gone" } });
    store = openStore();
    const later = refresher(9000);
    await later.restore();
    emulator.control.switches({
      faults: [{ kind: "html", match: { method: "GET", path: "/servers$" } }],
    });
    equal((await later.run({})).isWhole, false);
    equal(server("shop")?.remote.status, "ready");
    equal((await later.run({})).isWhole, true);
    equal(server("shop")?.remote.status, "error");
    deepEqual(worse, []);
  });

  it("counts for more than what an earlier window saw, whichever comes first", async () => {
    await refresher(5000).run({});
    await kept[0]?.end();
    emulator.control.write({ server: "docs", patch: { description: "Written since" } });
    store = openStore();
    const later = refresher(9000);
    emulator.control.switches({ latency: 200 });
    const running = later.run({});
    await later.restore();
    equal(server("docs")?.optimistic.description === "Written since", false);
    await running;
    emulator.control.resetSwitches();
    equal(server("docs")?.optimistic.description, "Written since");
    deepEqual(account()?.load, { kind: "loaded" });
  });
});
