import { deepEqual, equal } from "node:assert/strict";
import { mock } from "node:test";
import { Semaphore } from "../../../src/base/semaphore.ts";
import { ApiError } from "../../../src/domain/apiError.ts";
import { type CloudflareClient, wrapClient } from "../../../src/domain/cloudflareClient.ts";
import { RESOURCES } from "../../../src/domain/resources/kinds.ts";
import { serverKind } from "../../../src/domain/servers/serverKind.ts";
import { Session } from "../../../src/engine/session.ts";
import { findPortal } from "../../../src/engine/state.ts";
import { Store } from "../../../src/engine/store.ts";
import { mapping, portal } from "../support/portals.ts";
import { keepingInMemory } from "./support/storage.ts";
import { accountId } from "./support/window.ts";

/** Lets the reactions to settled promises run. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function openSession(api: CloudflareClient, store = new Store(RESOURCES)): Session {
  const storage = keepingInMemory()("one");
  return new Session({
    store,
    account: { id: accountId, name: "Account" },
    client: { api },
    settings: {
      refreshInterval: () => 60,
      syncs: { semaphore: new Semaphore(() => 1), retryPause: 0 },
      storage: () => storage,
    },
  });
}

describe("a refresh that somebody asks for", () => {
  let session: Session | undefined;
  afterEach(() => session?.dispose());

  it("reads what has changed since a poll under way began, and nothing after the end", async () => {
    const begun: PromiseWithResolvers<void>[] = [];
    let name = "Old";
    const api: CloudflareClient = {
      ...wrapClient(() => Promise.reject(new Error("nobody asks"))),
      listServers: async () => ({ items: [], rejected: [] }),
      listPortals: async () => {
        const items = [portal({ name, received: { name } })];
        const answer = Promise.withResolvers<void>();
        begun.push(answer);
        await answer.promise;
        return { items, rejected: [] };
      },
      listAccessApps: async () => ({ items: [], rejected: [] }),
    };
    const store = new Store(RESOURCES);
    session = openSession(api, store);
    const shown = () => findPortal(store.state, { accountId, portalId: "main" })?.remote.name;
    const poll = session.refresh();
    name = "New";
    const asked = [session.refresh(), session.refresh()];
    begun[0]?.resolve();
    await poll;
    equal(shown(), "Old");
    await settle();
    begun[1]?.resolve();
    await Promise.all(asked);
    equal(shown(), "New");
    equal(begun.length, 2);
    const last = session.refresh();
    const late = session.refresh();
    session.dispose();
    begun[2]?.resolve();
    await Promise.all([last, late]);
    equal(begun.length, 3);
  });
});

describe("what a session reads beside its portals", () => {
  let looks: number;
  let lists: number;
  let session: Session;
  beforeEach(() => {
    mock.timers.enable({ apis: ["setTimeout", "Date"] });
    looks = 0;
    lists = 0;
    session = openSession({
      ...wrapClient(() => Promise.reject(new Error("nobody asks"))),
      listServers: async () => ({ items: [], rejected: [] }),
      listPortals: async () => {
        lists += 1;
        return { items: [portal({ mappings: [mapping("docs")] })], rejected: [] };
      },
      listAccessApps: async () => {
        looks += 1;
        return { items: [], rejected: [] };
      },
    });
  });
  afterEach(() => {
    session.dispose();
    mock.timers.reset();
  });

  const until = async (wanted: { readonly lists: number; readonly looks: number }) => {
    for (let turn = 0; turn < 1000 && (lists < wanted.lists || looks < wanted.looks); turn += 1) {
      await settle();
    }
    // Lets the session take the answers in and set its next timer.
    for (let turn = 0; turn < 20; turn += 1) {
      await settle();
    }
    deepEqual({ lists, looks }, wanted);
  };

  it("is read once and every quarter of an hour, and not with each refresh by itself", async () => {
    await session.refresh();
    await until({ lists: 1, looks: 1 });
    for (let minute = 1; minute < 15; minute += 1) {
      mock.timers.tick(60_000);
      await until({ lists: 1 + minute, looks: 1 });
    }
    mock.timers.tick(60_000);
    await until({ lists: 16, looks: 2 });
  });

  it("is read again at once when somebody asks", async () => {
    await session.refresh();
    await until({ lists: 1, looks: 1 });
    session.lookAround();
    await until({ lists: 1, looks: 2 });
  });
});

describe("a session whose credential was refused", () => {
  let lists: number;
  let isRefused: boolean;
  let session: Session;
  const nothingListed = async () => {
    if (isRefused) {
      throw new ApiError("refused", { kind: "auth", reason: "refused" });
    }
    return { items: [], rejected: [] };
  };
  const client: CloudflareClient = {
    ...wrapClient(() => Promise.reject(new Error("nobody asks"))),
    listServers: () => {
      lists += 1;
      return nothingListed();
    },
    listPortals: () => nothingListed(),
    deleteServer: async () => undefined,
  };
  beforeEach(() => {
    mock.timers.enable({ apis: ["setTimeout", "Date"] });
    lists = 0;
    isRefused = true;
    session = openSession(client);
  });
  afterEach(() => {
    session.dispose();
    mock.timers.reset();
  });

  const listsAfter = async (ms: number): Promise<number> => {
    mock.timers.tick(ms);
    await settle();
    return lists;
  };

  it("asks no more, and goes on as soon as it is taken again", async () => {
    await session.refresh();
    equal(await listsAfter(600_000), 1);
    isRefused = false;
    await session.operations(serverKind).delete("a");
    equal(await listsAfter(0), 2);
    equal(await listsAfter(60_000), 3);
  });
});
