import assert from "node:assert/strict";
import { aServer, ok, pageOf, refused, send, sendJson } from "./support/answers.ts";
import { failure, setUp } from "./support/setUp.ts";

const servers = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => aServer(`s${from + index}`));
const ids = (count: number) => servers(count).map(({ id }) => String(id));
const pageNumber = (target: string) => Number(/[?&]page=(\d+)/.exec(target)?.[1]);

describe("a list", () => {
  for (const [count, requests] of [
    [0, 1],
    [3, 1],
    [100, 2],
    [250, 3],
    [1000, 11],
    [2345, 24],
  ] as const) {
    it(`of ${count} takes ${requests} requests`, async () => {
      const all = servers(count);
      const the = await setUp((socket, request) => sendJson(socket, pageOf(request, all)));
      const { items, rejected } = await the.api.listServers();
      assert.deepEqual(
        items.map(({ id }) => id),
        ids(count),
      );
      assert.equal(rejected.length, 0);
      assert.equal(the.server.requests.length, requests);
      await the.close();
    });
  }

  for (const [ahead, options] of [
    [3, {}],
    [8, { pagesAhead: 8 }],
  ] as const) {
    it(`reads its pages side by side, and asks for at most ${ahead} ahead of what has arrived`, async () => {
      const all = servers(1950);
      let open = 0;
      let most = 0;
      const the = await setUp((socket, request, number) => {
        open += 1;
        most = Math.max(most, open);
        const answer = () => {
          open -= 1;
          sendJson(socket, pageOf(request, all));
        };
        // The first round waits until it is complete, so that what is sent at once shows.
        const last = ahead + 1;
        number === 1 || number > last ? answer() : the.server.received(last).then(answer);
      }, options);
      assert.equal((await the.api.listServers()).items.length, 1950);
      assert.equal(most, ahead);
      await the.close();
    });
  }

  for (const [expected, count, requests, what] of [
    [250, 250, 3, "as many"],
    [250, 3, 3, "fewer"],
    [3, 250, 3, "more"],
    [1_000_000, 250, 8, "far fewer"],
  ] as const) {
    it(`of ${count} is whole where ${expected} were expected, ${what}, and its first pages wait for none`, async () => {
      const all = servers(count);
      const together = Math.min(Math.floor(expected / 100) + 1, 8);
      const the = await setUp(
        async (socket, request, number) => {
          if (number <= together) {
            await the.server.received(together);
          }
          sendJson(socket, pageOf(request, all));
        },
        { pagesAhead: 8 },
      );
      const { items } = await the.api.listServers({ expected });
      assert.deepEqual(
        items.map(({ id }) => id),
        ids(count),
      );
      assert.equal(the.server.requests.length, requests);
      await the.close();
    });
  }

  const infos: readonly (readonly [string, (info: Record<string, number>) => unknown])[] = [
    ["no result_info", () => undefined],
    ["a result_info that is null", () => null],
    ["a count that is text", (info) => ({ ...info, total_count: "250" })],
    ["a count that is negative", (info) => ({ ...info, total_count: -1 })],
    ["a count of nothing", (info) => ({ ...info, total_count: 0 })],
    ["a count that is too low", (info) => ({ ...info, total_count: 5 })],
    ["a count of what the first page has", (info) => ({ ...info, total_count: 100 })],
    ["a count that is too high", (info) => ({ ...info, total_count: 4000 })],
    ["a count of the page", (info) => ({ ...info, total_count: info["count"] })],
  ];
  for (const [name, info] of infos) {
    it(`is whole in spite of ${name}`, async () => {
      const all = servers(250);
      const the = await setUp((socket, request) => sendJson(socket, pageOf(request, all, info)));
      const { items } = await the.api.listServers();
      assert.deepEqual(
        items.map(({ id }) => id),
        ids(250),
      );
      assert.ok(the.server.requests.length <= 12, `${the.server.requests.length} requests`);
      await the.close();
    });
  }

  it("ends when the server gives the same page for ever", async () => {
    const all = servers(100);
    const the = await setUp((socket) => sendJson(socket, ok(all)));
    assert.equal((await the.api.listServers()).items.length, 100);
    assert.equal(the.server.requests.length, 2);
    await the.close();
  });

  const counted = (totalCount: number) => ({
    count: 100,
    page: 1,
    per_page: 100,
    total_count: totalCount,
  });

  it("asks for a few pages only when the count is endless and the page is always the same", async () => {
    for (const count of [100, 1]) {
      const the = await setUp((socket) => sendJson(socket, ok(servers(count), counted(1e12))));
      assert.equal((await the.api.listServers()).items.length, count);
      assert.ok(the.server.requests.length <= 12, `${the.server.requests.length} requests`);
      await the.close();
    }
  });

  it("ends with the first empty page, whatever count the server gives", async () => {
    const all = servers(250);
    const the = await setUp((socket, request) =>
      sendJson(
        socket,
        pageOf(request, all, () => counted(Number.MAX_SAFE_INTEGER)),
      ),
    );
    assert.equal((await the.api.listServers()).items.length, 250);
    assert.ok(the.server.requests.length <= 12, `${the.server.requests.length} requests`);
    await the.close();
  });

  it("leaves half of the rate limit to others when its pages never end", async () => {
    const the = await setUp((socket, request) => {
      const page = pageNumber(request.target);
      sendJson(socket, ok(servers(1, page), counted(1e12)));
    });
    await the.api.listServers();
    assert.ok(the.server.requests.length <= 501, `${the.server.requests.length} requests`);
    await the.close();
  });

  it("follows a server that gives smaller pages than it was asked for", async () => {
    const all = servers(95);
    const the = await setUp((socket, request) => {
      const page = pageNumber(request.target);
      const items = all.slice((page - 1) * 20, page * 20);
      sendJson(socket, ok(items, { total_count: 95, page, per_page: 20, count: items.length }));
    });
    assert.equal((await the.api.listServers()).items.length, 95);
    assert.equal(the.server.requests.length, 5);
    await the.close();
  });

  it("asks for smaller pages when one is too large", async () => {
    const all = servers(150).map((server) => ({ ...server, description: "x".repeat(400) }));
    const the = await setUp((socket, request) => sendJson(socket, pageOf(request, all)), {
      bodyLimit: 30_000,
    });
    assert.equal((await the.api.listServers()).items.length, 150);
    assert.match(the.server.requests.at(-1)?.target ?? "", /per_page=20$/);
    await the.close();
  });

  it("is asked for in smaller pages from the start the next time", async () => {
    const all = servers(150).map((server) => ({ ...server, description: "x".repeat(400) }));
    const the = await setUp((socket, request) => sendJson(socket, pageOf(request, all)), {
      bodyLimit: 30_000,
    });
    await the.api.listServers();
    const asked = the.server.requests.length;
    assert.equal((await the.api.listServers()).items.length, 150);
    const again = the.server.requests.slice(asked);
    assert.deepEqual(
      again.filter(({ target }) => !target.endsWith("per_page=20")),
      [],
    );
    await the.api.listPortals();
    assert.match(the.server.requests[asked + again.length]?.target ?? "", /per_page=100$/);
    await the.close();
  });
});

describe("a list that changes while it is read", () => {
  /** Serves `before` until the given request, then `after`. */
  const shifting = (at: number, before: readonly unknown[], after: readonly unknown[]) =>
    setUp((socket, request, number) =>
      sendJson(socket, pageOf(request, number < at ? before : after)),
    );

  for (let at = 2; at <= 4; at += 1) {
    it(`neither drops nor doubles when one is added before request ${at}`, async () => {
      const before = servers(300);
      const after = [aServer("new"), ...before];
      const the = await shifting(at, before, after);
      const { items } = await the.api.listServers();
      assert.deepEqual(items.map(({ id }) => id).sort(), ["new", ...ids(300)].sort());
      await the.close();
    });

    it(`drops no other when one is removed before request ${at}`, async () => {
      const before = servers(300);
      const the = await shifting(at, before, before.slice(1));
      const found = (await the.api.listServers()).items.map(({ id }) => id);
      assert.deepEqual(found.filter((id) => id !== "s0").sort(), ids(300).slice(1).sort());
      await the.close();
    });
  }

  it("comes to an end when it changes for ever", async () => {
    const the = await setUp((socket, request, number) => {
      const all = [...servers(250), ...servers(number, 1000)];
      sendJson(socket, pageOf(request, all));
    });
    const { items } = await the.api.listServers();
    const found = new Set(items.map(({ id }) => id));
    assert.equal(found.size, items.length);
    assert.ok(ids(250).every((id) => found.has(id)));
    assert.ok(the.server.requests.length < 20);
    await the.close();
  });
});

describe("a list that fails half-way", () => {
  it("rejects with a 401 of a later page, and ends the others", async () => {
    const all = servers(1000);
    const the = await setUp((socket, request) => {
      const page = pageNumber(request.target);
      if (page === 1) {
        sendJson(socket, pageOf(request, all));
      } else if (page === 4) {
        sendJson(socket, refused(10000, "Authentication error"), 401);
      }
    });
    const error = await failure(the.api.listServers());
    assert.equal(error.kind, "auth");
    assert.equal(the.server.requests.length, 4);
    await the.close();
  });

  it("rejects when the list isn't one", async () => {
    const the = await setUp((socket) => sendJson(socket, ok({ servers: [] })));
    const error = await failure(the.api.listServers());
    assert.equal(error.reason, "wrongShape");
    assert.equal(error.subject, "the list of servers: result");
    assert.equal(error.rayId, "8f00ba4-TST");
    await the.close();
  });

  it("takes null for an empty list", async () => {
    const the = await setUp((socket) => sendJson(socket, ok(null)));
    assert.deepEqual(await the.api.listServers(), { items: [], rejected: [] });
    await the.close();
  });

  it("gives up on a single server that is too large", async () => {
    const the = await setUp((socket) => send(socket, 200, " ".repeat(5000)), { bodyLimit: 1000 });
    assert.equal((await failure(the.api.listServers())).reason, "tooLarge");
    assert.equal(the.server.requests.length, 3);
    await the.close();
  });
});
