import { deepEqual, equal } from "node:assert/strict";
import { Semaphore } from "../../../src/base/semaphore.ts";
import { ApiError } from "../../../src/domain/apiError.ts";
import type { CloudflareClient } from "../../../src/domain/cloudflareClient.ts";
import type { Server } from "../../../src/domain/servers/server.ts";
import { serverKind } from "../../../src/domain/servers/serverKind.ts";
import { Operations } from "../../../src/engine/operations.ts";
import { SyncQueue } from "../../../src/engine/sync/queue.ts";
import { server } from "../support/servers.ts";
import { keepingInMemory } from "./support/storage.ts";
import { unusedClient } from "./support/unusedClient.ts";
import { accountId, Window } from "./support/window.ts";

/** A Cloudflare that holds back its answers to reads until they are released. */
class Slow {
  remote: Server = stamped(server());
  hold = false;
  readonly #held: (() => void)[] = [];

  async read(): Promise<Server> {
    const { remote } = this;
    if (this.hold) {
      await new Promise<void>((resolve) => this.#held.push(resolve));
    }
    return remote;
  }

  release(): void {
    this.hold = false;
    for (const resolve of this.#held.splice(0)) {
      resolve();
    }
  }

  client(): CloudflareClient {
    return {
      ...unusedClient(),
      listServers: async () => ({ items: [await this.read()], rejected: [] }),
      readServer: () => this.read(),
      updateServer: async (_id, patch) => {
        if (patch.name === "refused") {
          throw refusal();
        }
        this.remote = stamped({
          ...this.remote,
          name: patch.name ?? this.remote.name,
          secureWebGateway: patch.secure_web_gateway ?? this.remote.secureWebGateway,
        });
        return this.remote;
      },
      syncServer: async () => ({ status: "ready", error: undefined, errorDetails: undefined }),
    };
  }
}

/** States are compared by `received`. */
function stamped(of: Server): Server {
  return { ...of, received: { name: of.name, gateway: of.secureWebGateway } };
}

function refusal(): ApiError {
  const problems = [{ code: 7001, message: "No", field: "name" }];
  return new ApiError("refused", { kind: "invalid", reason: "refused", status: 400, problems });
}

function rename(name: string) {
  return [{ field: { of: undefined, key: "name" }, to: name }] as const;
}

describe("an answer that was asked for before a write", () => {
  let slow: Slow;
  let window: Window;
  beforeEach(async () => {
    slow = new Slow();
    window = new Window(slow.client(), keepingInMemory()("one"), "docs");
    await window.poll();
  });
  afterEach(() => window.close());

  it("doesn't put the old value back when it is a poll", async () => {
    slow.hold = true;
    const poll = window.poll();
    slow.hold = false;
    await window.edit(rename("New"));
    slow.release();
    await poll;
    equal(window.shown.name, "New");
  });

  it("doesn't put the old value back when it is a sync", async () => {
    const syncs = new SyncQueue({
      store: window.store,
      accountId,
      api: slow.client(),
      semaphore: new Semaphore(() => 1),
      retryPause: 0,
    });
    slow.hold = true;
    const sync = syncs.sync(["docs"]);
    await new Promise((resolve) => setImmediate(resolve));
    slow.hold = false;
    await window.edit(rename("New"));
    slow.release();
    await sync;
    equal(window.shown.name, "New");
  });

  it("doesn't put the old value back when it is a read of this one server", async () => {
    const operations = new Operations({
      kind: serverKind,
      store: window.store.collection(accountId, "server"),
      api: slow.client(),
    });
    slow.hold = true;
    const reread = operations.reread("docs");
    slow.hold = false;
    await window.edit(rename("New"));
    slow.release();
    equal((await reread).name, "New");
    equal(window.shown.name, "New");
    await new Promise((resolve) => setImmediate(resolve));
    deepEqual([...window.overwritten], []);
  });

  it("doesn't hide an edit that is on its way", async () => {
    slow.hold = true;
    const edit = window.edit(rename("New"));
    const poll = window.poll();
    equal(window.shown.name, "New");
    slow.release();
    await Promise.all([edit, poll]);
    equal(window.shown.name, "New");
  });
});

describe("an edit", () => {
  it("is taken back when it is refused, with the problem until the next refresh", async () => {
    const slow = new Slow();
    const window = new Window(slow.client(), keepingInMemory()("one"), "docs");
    await window.poll();
    const saving = window.edit(rename("refused"));
    equal(window.shown.name, "refused");
    const result = await saving;
    equal(window.shown.name, "Docs");
    deepEqual(
      result.failure?.changes.map(({ to }) => to),
      ["refused"],
    );
    deepEqual(window.state?.refusals, [{ code: 7001, message: "No", path: ["name"] }]);
    await window.poll();
    deepEqual(window.state?.refusals, []);
    window.close();
  });

  it("that waits with a refused one is saved all the same", async () => {
    const slow = new Slow();
    const window = new Window(slow.client(), keepingInMemory()("one"), "docs");
    await window.poll();
    const gateway = [{ field: { of: undefined, key: "secure_web_gateway" }, to: true }] as const;
    const [first, bad, good] = await Promise.all([
      window.edit(rename("First")),
      window.edit(rename("refused")),
      window.edit(gateway),
    ]);
    equal(first.failure, undefined);
    deepEqual(
      bad.failure?.changes.map(({ to }) => to),
      ["refused"],
    );
    deepEqual(
      good.saved.map(({ to }) => to),
      [true],
    );
    equal(window.shown.name, "First");
    equal(window.shown.secureWebGateway, true);
    window.close();
  });
});
