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
    const steps = sizes.map((size, index) => size - (sizes[index - 1] ?? 0));
    equal(sizes.at(-1), 1000);
    ok(steps.every((step) => step > 0 && step * TOOLS.length <= 300));
    deepEqual(account.fresh.flat(), account.servers);
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

  it("ends with an account that is signed out", async () => {
    const account = new Account(1000);
    account.begin();
    account.servers = [];
    await account.known;
    ok((account.shown.at(-1)?.length ?? 0) < 1000);
  });
});

class Account {
  servers: readonly Server[];
  readonly shown: (readonly Server[])[] = [];
  readonly fresh: (readonly Server[])[] = [];
  readonly known: Promise<void>;
  readonly #warmUp = new WarmUp();
  readonly #done: () => void;

  constructor(servers: number, tools = TOOLS) {
    const known = Promise.withResolvers<void>();
    this.known = known.promise;
    this.#done = known.resolve;
    this.servers = Array.from({ length: servers }, (_, index) =>
      server({ id: `server-${index}`, tools, prompts: [] }),
    );
  }

  begin(): boolean {
    return this.#warmUp.begin(this.servers, {
      servers: () => this.servers,
      show: (servers, fresh) => {
        this.shown.push(servers);
        this.fresh.push(fresh);
      },
      done: this.#done,
    });
  }
}
