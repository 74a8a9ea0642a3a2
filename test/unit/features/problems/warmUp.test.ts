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

  it("is a few servers a turn where it is large, and each of them once", async () => {
    const account = new Account(1000);
    equal(account.begin(), true);
    equal(account.begin(), true);
    await account.known;
    const sizes = account.shown.map((servers) => servers.length);
    const growth = sizes.map((size, index) => size - (sizes[index - 1] ?? 0));
    ok(growth.every((servers) => servers > 0 && servers * TOOLS.length <= 300));
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

  it("takes a server at a time that is larger than a turn", async () => {
    const wide = Array.from({ length: 2000 }, (_, index) => capability("tool", `tool_${index}`));
    const account = new Account(2, wide);
    account.begin();
    await account.known;
    deepEqual(
      account.shown.map((servers) => servers.length),
      [1, 2],
    );
  });

  it("lets others run between the parts of a server that takes long", async () => {
    const account = new Account(20);
    let turns = 0;
    const count = () => {
      turns += 1;
      next = setImmediate(count);
    };
    let next = setImmediate(count);
    const before: number[] = [];
    account.slowDown(4, () => before.push(turns));
    account.begin();
    await account.known;
    clearImmediate(next);
    equal(new Set(before).size, 4);
    deepEqual(account.shown.at(-1), account.servers);
  });

  it("ends in the middle of a server that is gone", async () => {
    const account = new Account(20);
    let steps = 0;
    account.slowDown(4, () => {
      steps += 1;
      account.servers = [];
    });
    account.begin();
    await account.known;
    equal(steps, 1);
    deepEqual(account.shown, []);
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
  /** The servers all of whose steps were done, in this order. */
  readonly stepped: Server[] = [];
  readonly shown: (readonly Server[])[] = [];
  readonly known: Promise<void>;
  readonly #warmUp = new WarmUp();
  /** Called in each step. */
  #onStep: (of: Server) => void = () => undefined;
  readonly #done: () => void;

  constructor(servers: number, tools = TOOLS) {
    const known = Promise.withResolvers<void>();
    this.known = known.promise;
    this.#done = known.resolve;
    this.servers = Array.from({ length: servers }, (_, index) =>
      server({ id: `server-${index}`, tools, prompts: [] }),
    );
  }

  /** Puts a server first of which each of so many tools takes a whole turn. */
  slowDown(tools: number, onStep: () => void): void {
    const slow = server({ id: "slow", tools: TOOLS.slice(0, tools), prompts: [] });
    this.servers = [slow, ...this.servers];
    this.#onStep = (of) => {
      if (of === slow) {
        onStep();
        workFor(20);
      }
    };
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
      this.#onStep(of);
      yield;
    }
    this.stepped.push(of);
  }
}
