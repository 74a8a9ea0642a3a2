import { deepEqual, equal, ok } from "node:assert/strict";
import type { Server } from "../../../../src/domain/servers/server.ts";
import { WarmUp } from "../../../../src/features/problems/warmUp.ts";
import { capability, server } from "../../support/servers.ts";

const TOOLS = Array.from({ length: 25 }, (_, index) => capability("tool", `tool_${index}`));

describe("the first check of an account", () => {
  it("is at once where the account is small", () => {
    const account = new Account(10);
    equal(account.begin(), false);
    deepEqual(account.shown, []);
  });

  it("is made in short turns where it is large, each server once", async () => {
    const account = new Account(1000);
    equal(account.begin(), true);
    equal(account.begin(), true);
    await account.known;
    deepEqual(account.stepped, account.servers);
    deepEqual(account.shown.at(-1), account.servers);
    equal(account.begin(), false);
  });

  it("goes on with what has changed meanwhile", async () => {
    const account = new Account(100);
    account.begin();
    const [first, , ...rest] = account.servers;
    ok(first);
    const changed = { ...first, name: "Changed" };
    account.servers = [changed, ...rest];
    await account.known;
    deepEqual(account.shown.at(-1), account.servers);
  });

  it("lets others run between the parts of a server that takes long", async () => {
    const account = new Account(20);
    const slow = server({ id: "slow", tools: TOOLS.slice(0, 4), prompts: [] });
    account.servers = [slow, ...account.servers];
    let turns = 0;
    const count = () => {
      turns += 1;
      next = setImmediate(count);
    };
    let next = setImmediate(count);
    const before: number[] = [];
    account.onStep = (of) => {
      if (of === slow) {
        before.push(turns);
        workFor(20);
      }
    };
    account.begin();
    await account.known;
    clearImmediate(next);
    equal(new Set(before).size, slow.tools.length);
    deepEqual(account.shown.at(-1), account.servers);
  });

  it("ends with an account that is signed out", async () => {
    const account = new Account(1000);
    account.begin();
    account.servers = [];
    await account.known;
    ok((account.shown.at(-1)?.length ?? 0) < 1000);
  });
});

/** Keeps the thread busy. */
function workFor(ms: number): void {
  const end = performance.now() + ms;
  let now = performance.now();
  while (now < end) {
    now = performance.now();
  }
}

class Account {
  servers: readonly Server[];
  /** Called in each step. */
  onStep: (of: Server) => void = () => undefined;
  /** The servers all of whose steps were done, in this order. */
  readonly stepped: Server[] = [];
  readonly shown: (readonly Server[])[] = [];
  readonly known: Promise<void>;
  readonly #warmUp = new WarmUp();
  readonly #done: () => void;

  constructor(servers: number) {
    const known = Promise.withResolvers<void>();
    this.known = known.promise;
    this.#done = known.resolve;
    this.servers = Array.from({ length: servers }, (_, index) =>
      server({ id: `server-${index}`, tools: TOOLS, prompts: [] }),
    );
  }

  begin(): boolean {
    return this.#warmUp.begin(this.servers, {
      servers: () => this.servers,
      steps: (of) => this.#steps(of),
      show: (servers) => this.shown.push(servers),
      done: this.#done,
    });
  }

  *#steps(of: Server): Generator<void> {
    for (const _ of of.tools) {
      this.onStep(of);
      yield;
    }
    this.stepped.push(of);
  }
}
