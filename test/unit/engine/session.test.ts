import { equal } from "node:assert/strict";
import { mock } from "node:test";
import { Semaphore } from "../../../src/base/semaphore.ts";
import { ApiError } from "../../../src/domain/apiError.ts";
import { type CloudflareClient, wrapClient } from "../../../src/domain/cloudflareClient.ts";
import { RESOURCES } from "../../../src/domain/resources/kinds.ts";
import { serverKind } from "../../../src/domain/servers/serverKind.ts";
import { Session } from "../../../src/engine/session.ts";
import { Store } from "../../../src/engine/store.ts";
import { keepingInMemory } from "./support/storage.ts";
import { accountId } from "./support/window.ts";

/** Lets the reactions to settled promises run. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

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
    const storage = keepingInMemory()("one");
    session = new Session({
      store: new Store(RESOURCES),
      account: { id: accountId, name: "Account" },
      client: { api: client },
      settings: {
        refreshInterval: () => 60,
        syncs: { semaphore: new Semaphore(() => 1), retryPause: 0 },
        storage: () => storage,
      },
    });
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
