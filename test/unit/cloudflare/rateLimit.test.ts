import assert from "node:assert/strict";
import { setImmediate as turn } from "node:timers/promises";
import {
  RateLimiter,
  readLimit,
  type Ticket,
} from "../../../src/cloudflare/transport/rateLimit.ts";
import { isApiError, isCancelled } from "../../../src/domain/apiError.ts";
import { aServer, ok, refused, sendJson } from "./support/answers.ts";
import { HeldClock } from "./support/fakeClock.ts";
import { failure, setUp } from "./support/setUp.ts";

const minute = 60_000;

function ticket(more: Partial<Ticket> = {}): Ticket {
  return {
    priority: "user",
    signal: new AbortController().signal,
    maxWaitMs: 10 * minute,
    ...more,
  };
}

/** Enters and leaves at once, and notes the order. */
async function pass(
  limiter: RateLimiter,
  order: string[],
  name: string,
  more: Partial<Ticket> = {},
) {
  const leave = await limiter.enter(ticket(more));
  order.push(name);
  leave();
}

async function spend(
  limiter: RateLimiter,
  count: number,
  more: Partial<Ticket> = {},
): Promise<void> {
  for (let number = 0; number < count; number += 1) {
    await pass(limiter, [], "", more);
  }
}

describe("the rate limiter of a token", () => {
  let clock: HeldClock;
  let limiter: RateLimiter;
  let order: string[];
  beforeEach(() => {
    clock = new HeldClock();
    limiter = new RateLimiter(clock);
    order = [];
  });

  it("lets a burst through", async () => {
    await spend(limiter, 1000);
    assert.equal(clock.now(), 0);
  });

  it("never lets more than 1,200 through in five minutes", async () => {
    let sent = 0;
    const all = Array.from({ length: 1300 }, async () => {
      (await limiter.enter(ticket()))();
      sent += 1;
    });
    await turn();
    assert.ok(sent > 1000 && sent < 1200, `${sent} at once`);
    clock.pass(5 * minute - 1);
    await turn();
    assert.ok(sent <= 1200, `${sent} in five minutes`);
    clock.pass(5 * minute);
    await Promise.all(all);
    assert.equal(clock.pending, 0);
  });

  it("slows background work down first", async () => {
    await spend(limiter, 900);
    void pass(limiter, order, "background", { priority: "background" });
    await pass(limiter, order, "user");
    assert.deepEqual(order, ["user"]);
    clock.pass(minute);
    await turn();
    assert.deepEqual(order, ["user", "background"]);
  });

  it("lets requests that a person waits for go first", async () => {
    limiter.observe(429, { "retry-after": "60" });
    const background = pass(limiter, order, "background", { priority: "background" });
    const user = pass(limiter, order, "user");
    clock.pass(minute);
    await Promise.all([background, user]);
    assert.deepEqual(order, ["user", "background"]);
  });

  it("keeps connections free for requests that a person waits for", async () => {
    const held = await Promise.all(
      Array.from({ length: 24 }, () => limiter.enter(ticket({ priority: "background" }))),
    );
    const background = pass(limiter, order, "background", { priority: "background" });
    await pass(limiter, order, "user");
    assert.deepEqual(order, ["user"]);
    held[0]?.();
    await background;
    assert.deepEqual(order, ["user", "background"]);
  });

  it("lets nothing through after a 429 until the time named is over", async () => {
    limiter.observe(429, { "retry-after": "60" });
    const passed = pass(limiter, order, "user");
    clock.pass(minute - 1);
    await turn();
    assert.deepEqual(order, []);
    clock.pass(1);
    await passed;
  });

  it("spreads what Ratelimit says is left", async () => {
    limiter.observe(200, {
      ratelimit: '"default";r=2;t=30',
      "ratelimit-policy": '"default";q=100',
    });
    await pass(limiter, order, "first");
    const second = pass(limiter, order, "second");
    await turn();
    assert.deepEqual(order, ["first"]);
    clock.pass(30_000);
    await second;
    assert.deepEqual(order, ["first", "second"]);
  });

  it("waits out a limit that has run dry", async () => {
    limiter.observe(200, { ratelimit: '"default";r=0;t=30' });
    const passed = pass(limiter, order, "user");
    clock.pass(29_999);
    await turn();
    assert.deepEqual(order, []);
    clock.pass(1);
    await passed;
  });

  it("refuses a request at once that would wait too long", async () => {
    limiter.observe(429, { "retry-after": "300" });
    const error = await pass(limiter, order, "", { maxWaitMs: 30_000 }).catch((e: unknown) => e);
    assert.ok(isApiError(error));
    assert.equal(error.kind, "rateLimit");
    assert.equal(error.retryAfter, 300);
    assert.equal(clock.pending, 0);
  });

  const endless: readonly (readonly [number, Record<string, string>])[] = [
    [429, { "retry-after": "99999999" }],
    [429, { "retry-after": "9".repeat(400) }],
    [429, { "retry-after-ms": "9".repeat(400) }],
    [429, { "retry-after": "Sat, 10 Oct 2099 10:00:00 GMT" }],
    [429, { ratelimit: '"x";r=0;t=99999999' }],
    [200, { ratelimit: '"x";r=0;t=99999999' }],
    [200, { ratelimit: '"x";r=1;t=99999999', "ratelimit-policy": '"x";q=99999999' }],
    [200, { ratelimit: `"x";r=0;t=${"9".repeat(400)}, "y";r=0;t=300` }],
  ];
  for (const [status, headers] of endless) {
    it(`waits five minutes at most, whatever ${status} ${JSON.stringify(headers).slice(0, 80)} says`, async () => {
      await pass(limiter, order, "before");
      limiter.observe(status, headers);
      const error = await pass(limiter, order, "", { maxWaitMs: 1 }).catch((e: unknown) => e);
      assert.ok(isApiError(error));
      assert.ok((error.retryAfter ?? 0) > 0 && (error.retryAfter ?? 0) <= 300);
      assert.equal(error.retryAt, clock.wall() + 1000 * (error.retryAfter ?? 0));
      const passed = pass(limiter, order, "after");
      clock.pass(5 * minute);
      await passed;
    });
  }

  it("forgets its limits when somebody wants to try now", async () => {
    limiter.observe(429, { "retry-after": "300" });
    const waiting = pass(limiter, order, "waiting");
    await turn();
    assert.deepEqual(order, []);
    limiter.reset();
    await waiting;
    await pass(limiter, order, "next");
    assert.deepEqual(order, ["waiting", "next"]);
    assert.equal(clock.pending, 0);
  });

  it("forgets a request that stops waiting", async () => {
    limiter.observe(429, { "retry-after": "60" });
    const controller = new AbortController();
    const gone = pass(limiter, order, "gone", { signal: controller.signal }).catch(
      (error: unknown) => error,
    );
    const stays = pass(limiter, order, "stays");
    controller.abort();
    assert.ok(isCancelled(await gone));
    clock.pass(minute);
    await stays;
    assert.deepEqual(order, ["stays"]);
  });

  it("is shared by everybody who uses the same token", async () => {
    const answer = { "retry-after": "300" };
    const the = await setUp((socket, _, number) =>
      number === 1
        ? sendJson(socket, refused(971, "x"), 429, answer)
        : sendJson(socket, ok(aServer("docs"))),
    );
    const credential = { kind: "token", token: "secret-token-0123456789" } as const;
    const options = { apiRoot: the.server.root, userAgent: "t" };
    const same = the.connector.connect({ ...options, credential });
    const other = the.connector.connect({
      ...options,
      credential: { ...credential, token: "another" },
    });
    await failure(the.api.readServer("docs"));
    assert.equal((await failure(same.client("a").readServer("docs"))).kind, "rateLimit");
    assert.equal(the.server.requests.length, 1);
    assert.equal((await other.client("a").readServer("docs")).id, "docs");
    await the.connector.ignoreRateLimits();
    assert.equal((await same.client("a").readServer("docs")).id, "docs");
    await Promise.all([same.close(), other.close(), the.close()]);
  });
});

describe("Ratelimit headers", () => {
  it("give the limit that is nearest to running dry", () => {
    const limit = readLimit(
      {
        ratelimit: '"default";r=900;t=200, "burst";r=5;t=30',
        "ratelimit-policy": '"default";q=1200;w=300, "burst";q=100;w=60',
      },
      1200,
    );
    assert.deepEqual(limit, { quota: 100, remaining: 5, resetMs: 30_000 });
  });

  for (const ratelimit of ["", "nonsense", '"a"', '"a";r=x;t=5', '"a";r=5', ";;,,"]) {
    it(`are ignored when they are "${ratelimit}"`, () => {
      assert.equal(readLimit({ ratelimit }, 1200), undefined);
    });
  }
});
