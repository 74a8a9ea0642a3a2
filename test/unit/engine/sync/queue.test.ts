import { deepEqual, equal, ok } from "node:assert/strict";
import { Semaphore } from "../../../../src/base/semaphore.ts";
import type { CallOptions, CloudflareClient } from "../../../../src/domain/cloudflareClient.ts";
import { RESOURCES } from "../../../../src/domain/resources/kinds.ts";
import { newResource } from "../../../../src/domain/resources/resource.ts";
import type { Server } from "../../../../src/domain/servers/server.ts";
import { findSync, type ServerSync, type SyncPhase } from "../../../../src/engine/state.ts";
import { Store } from "../../../../src/engine/store.ts";
import { SyncQueue } from "../../../../src/engine/sync/queue.ts";
import { server } from "../../support/servers.ts";
import { unusedClient } from "../support/unusedClient.ts";
import { accountId } from "../support/window.ts";

const IDS = Array.from({ length: 1000 }, (_, index) => `s${index}`);

describe("the sync of 1,000 servers", () => {
  let store: Store;
  let events: number;
  let answers: (() => void)[];
  let queue: SyncQueue;
  beforeEach(() => {
    store = new Store(RESOURCES);
    store.addAccount({ id: accountId, name: "Account" });
    store.collection(accountId, "server").update((collection) => ({
      ...collection,
      items: new Map(IDS.map((id) => [id, newResource(server({ id }))])),
    }));
    events = 0;
    store.onDidChange(() => {
      events += 1;
    });
    answers = [];
    const semaphore = new Semaphore(() => 8);
    queue = new SyncQueue({ store, accountId, api: client(), semaphore, retryPause: 0 });
  });

  it("begins in one change of the state", () => {
    void queue.sync(IDS);
    equal(events, 1);
    deepEqual(phases(), new Map([["waiting", 1000]]));
    deepEqual(run(), { total: 1000, done: 0 });
  });

  it("takes those up that are under way", async () => {
    const one = queue.sync(["s0"]);
    await turn();
    events = 0;
    const all = queue.sync(["s0", ...IDS]);
    equal(events, 1);
    deepEqual(run(), { total: 1000, done: 0 });
    queue.cancel();
    equal((await all).length, 1001);
    equal((await all)[0], (await one)[0]);
  });

  it("is cancelled in few changes, and what has finished stays", async () => {
    const syncing = queue.sync(IDS);
    await turn();
    for (const answer of answers.splice(0, 3)) {
      answer();
    }
    await turn();
    deepEqual(run(), { total: 1000, done: 3 });
    events = 0;
    queue.cancel();
    const results = await syncing;
    // Waiting and running syncs are told one after another.
    ok(events <= 2, `${events} changes`);
    equal(run(), undefined);
    deepEqual(phases(), new Map([[undefined, 1000]]));
    equal(results.filter(({ report }) => report.kind === "cancelled").length, 997);
  });

  it("begins anew after it was cancelled", async () => {
    const first = queue.sync(IDS);
    queue.cancel();
    await first;
    events = 0;
    void queue.sync(IDS);
    equal(events, 1);
    deepEqual(run(), { total: 1000, done: 0 });
  });

  it("says nothing of a server that was deleted and added again under its id", async () => {
    const syncing = queue.sync(["s0", "s1"]);
    await turn();
    answers[0]?.();
    await turn();
    equal(findSync(store.state, accountId, "s0").last?.kind, "stalled");
    equal(findSync(store.state, accountId, "s1").phase, "running");
    replace("s0", "s1");
    deepEqual(lastOf("s0"), { phase: undefined, last: undefined });
    deepEqual(lastOf("s1"), { phase: undefined, last: undefined });
    answers[1]?.();
    await syncing;
    deepEqual(lastOf("s1"), { phase: undefined, last: undefined });
    equal(run(), undefined);
  });

  it("begins for a server that was added again, while that of the deleted one still runs", async () => {
    const old = queue.sync(["s0"]);
    await turn();
    replace("s0");
    const again = queue.sync(["s0"]);
    await turn();
    deepEqual(run(), { total: 2, done: 0 });
    answers[1]?.();
    equal((await again)[0]?.report.kind, "stalled");
    answers[0]?.();
    await old;
    equal(run(), undefined);
  });

  it("ends with what went wrong in it, whatever that is, and isn't said to be cancelled", async () => {
    const broken = new Error("nobody thought of this");
    const odd = Object.defineProperty({ ...server({ id: "s0" }) }, "tools", {
      get: () => {
        throw broken;
      },
    });
    const api: CloudflareClient = {
      ...client(),
      readServer: async () => odd,
      syncServer: async () => ({ status: "ready", error: undefined, errorDetails: undefined }),
    };
    const limits = { semaphore: new Semaphore(() => 1), retryPause: 0 };
    const [result] = await new SyncQueue({ store, accountId, api, ...limits }).sync(["s0"]);
    deepEqual(result?.report, { kind: "failed", error: broken });
    equal(run(), undefined);
  });

  function run() {
    return store.state.accounts.get(accountId)?.syncs.run;
  }

  function lastOf(id: string): ServerSync {
    return findSync(store.state, accountId, id);
  }

  /** Deletes servers and adds others under their ids. */
  function replace(...ids: readonly string[]): void {
    store.collection(accountId, "server").update((collection) => ({
      ...collection,
      items: new Map([
        ...collection.items,
        ...ids.map((id) => [id, newResource(server({ id }))] as const),
      ]),
    }));
  }

  function phases(): ReadonlyMap<SyncPhase | undefined, number> {
    const byPhase = Map.groupBy(IDS, (id) => findSync(store.state, accountId, id).phase);
    return new Map([...byPhase].map(([phase, all]) => [phase, all.length]));
  }

  /** A client whose syncs end when they are answered. */
  function client(): CloudflareClient {
    return {
      ...unusedClient(),
      readServer: async (id): Promise<Server> => server({ id }),
      syncServer: async (_id, { signal }: CallOptions = {}) => {
        signal?.throwIfAborted();
        await new Promise<void>((resolve, reject) => {
          signal?.addEventListener("abort", () => reject(signal.reason));
          answers.push(resolve);
        });
        return { status: "ready", error: undefined, errorDetails: undefined };
      },
    };
  }
});

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
