import assert from "node:assert/strict";
import type { Socket } from "node:net";
import type { CloudflareClient } from "../../../src/domain/cloudflareClient.ts";
import type { NewServer } from "../../../src/domain/servers/server.ts";
import { aServer, ok, refused, send, sendJson } from "./support/answers.ts";
import { failure, type SetUp, setUp } from "./support/setUp.ts";

const docs: NewServer = {
  id: "docs",
  name: "Server docs",
  hostname: "https://docs.example.com/mcp",
  auth_type: "unauthenticated",
};

/** All failures that may pass, for a read. */
const failures: readonly (readonly [string, (socket: Socket) => void])[] = [
  ["a reset", (socket) => socket.resetAndDestroy()],
  ["a cut body", (socket) => socket.end("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{")],
  ["408", (socket) => sendJson(socket, refused(1, "slow"), 408)],
  ["409", (socket) => sendJson(socket, refused(7006, "busy"), 409)],
  ["429", (socket) => sendJson(socket, refused(971, "x"), 429, { "retry-after": "1" })],
  ["500", (socket) => sendJson(socket, refused(7000, "D1"), 500)],
  ["502", (socket) => send(socket, 502, "<html>", { "content-type": "text/html" })],
  ["503 that asks for it", (socket) => sendJson(socket, {}, 503, { "x-should-retry": "true" })],
];

const lineOf = (the: SetUp) =>
  the.server.requests.map(
    ({ method, target }) => `${method} ${target.split("/").slice(8).join("/")}`,
  );

describe("a failed request", () => {
  let the: SetUp;
  afterEach(() => the.close());

  for (const [name, fail] of failures) {
    it(`is repeated when it is a read that failed with ${name}`, async () => {
      the = await setUp((socket, _, number) =>
        number === 1 ? fail(socket) : sendJson(socket, ok(aServer("docs"))),
      );
      assert.equal((await the.api.readServer("docs")).id, "docs");
      assert.equal(the.server.requests.length, 2);
    });

    it(`is never repeated when it is a PUT that failed with ${name}`, async () => {
      the = await setUp((socket) => fail(socket));
      await failure(the.api.updateServer("docs", { name: "New" }));
      assert.deepEqual(lineOf(the), ["PUT servers/docs"]);
    });
  }

  it("is repeated when it is a sync that broke off", async () => {
    the = await setUp((socket, _, number) =>
      number === 1 ? socket.resetAndDestroy() : sendJson(socket, ok({ status: "ready" })),
    );
    assert.equal((await the.api.syncServer("docs")).status, "ready");
    assert.equal(the.server.requests.length, 2);
  });

  it("isn't repeated when it is a sync that met another sync", async () => {
    the = await setUp((socket) => sendJson(socket, refused(7006, "busy"), 409));
    assert.equal((await failure(the.api.syncServer("docs"))).kind, "conflict");
    assert.equal(the.server.requests.length, 1);
  });

  it("is repeated three times at most, after waits that double", async () => {
    the = await setUp((socket) => sendJson(socket, refused(1, "x"), 503));
    await failure(the.api.readServer("docs"));
    assert.equal(the.server.requests.length, 3);
    assert.deepEqual(the.clock.waits, [500, 1000]);
  });

  it("isn't repeated past the deadline of the whole call", async () => {
    the = await setUp((socket) => sendJson(socket, refused(1, "x"), 503), {
      deadlines: { whole: 700 },
    });
    await failure(the.api.readServer("docs"));
    assert.equal(the.server.requests.length, 2);
  });
});

describe("the wait after a 429", () => {
  const forms: readonly (readonly [string, Record<string, string>, number])[] = [
    ["seconds", { "retry-after": "7" }, 7000],
    ["milliseconds before seconds", { "retry-after": "7", "retry-after-ms": "250" }, 250],
    ["a date, by the server's clock", dates("10:00:00", "10:00:09"), 9000],
    ["a date that is over", dates("10:00:09", "10:00:00"), 0],
    ["nonsense as nothing", { "retry-after": "soon" }, 500],
    ["a negative number as nothing", { "retry-after": "-1" }, 500],
    ["negative milliseconds as nothing", { "retry-after-ms": "-1" }, 500],
    ["NaN as nothing", { "retry-after": "NaN", "retry-after-ms": "NaN" }, 500],
    ["an exponent as nothing", { "retry-after": "1e9" }, 500],
    ["a date of no HTTP form as nothing", { "retry-after": "Jan 1 2099" }, 500],
    ["its Ratelimit header", { ratelimit: '"default";r=0;t=12' }, 12_000],
  ];
  for (const [name, headers, wait] of forms) {
    it(`reads ${name}`, async () => {
      const the = await setUp((socket, _, number) =>
        number === 1
          ? sendJson(socket, refused(971, "x"), 429, headers)
          : sendJson(socket, ok(aServer("docs"))),
      );
      await the.api.readServer("docs");
      assert.equal(
        the.clock.now(),
        wait,
        `waited ${the.clock.waits.join(", ")} instead of ${wait}`,
      );
      await the.close();
    });
  }
});

function dates(now: string, then: string): Record<string, string> {
  const day = "Sat, 10 Oct 2026";
  return { date: `${day} ${now} GMT`, "retry-after": `${day} ${then} GMT` };
}

describe("creating a server whose request failed", () => {
  /** A server that fails the first POST. `found` is the server that the POST created, if any. */
  const failedPost = async (found: object | undefined, date = new Date()): Promise<SetUp> => {
    let posts = 0;
    return setUp((socket, { method }) => {
      if (method === "POST") {
        posts += 1;
        return posts === 1
          ? socket.resetAndDestroy()
          : sendJson(socket, ok(aServer("docs", { description: "made again" })), 201);
      }
      return found === undefined
        ? sendJson(socket, refused(7002, "Not Found"), 404)
        : sendJson(socket, ok(found), 200, { date: date.toUTCString() });
    });
  };
  const create = (api: CloudflareClient) => api.createServer(docs);

  it("repeats the request when there is no such server", async () => {
    const the = await failedPost(undefined);
    assert.equal((await create(the.api)).description, "made again");
    assert.deepEqual(lineOf(the), ["POST servers", "GET servers/docs", "POST servers"]);
    await the.close();
  });

  it("takes the server that was created", async () => {
    const the = await failedPost(aServer("docs", { created_at: new Date().toISOString() }));
    assert.equal((await create(the.api)).description, undefined);
    assert.deepEqual(lineOf(the), ["POST servers", "GET servers/docs"]);
    await the.close();
  });

  it("doesn't mistake somebody else's server for its own", async () => {
    const the = await failedPost(aServer("docs", { name: "Theirs" }));
    assert.equal((await failure(create(the.api))).kind, "conflict");
    assert.deepEqual(lineOf(the), ["POST servers", "GET servers/docs"]);
    await the.close();
  });

  it("doesn't mistake the same server of yesterday for its own", async () => {
    const the = await failedPost(aServer("docs", { created_at: "2020-01-01T00:00:00Z" }));
    assert.equal((await failure(create(the.api))).kind, "conflict");
    await the.close();
  });

  it("sends nothing more when it can't look the server up", async () => {
    const the = await setUp((socket) => socket.resetAndDestroy());
    const error = await failure(create(the.api));
    assert.equal(error.reason, "connectionLost");
    assert.match(error.message, /^POST /);
    assert.deepEqual(
      the.server.requests.map(({ method }) => method),
      ["POST", "GET", "GET", "GET"],
    );
    await the.close();
  });

  it("passes on a refusal at once", async () => {
    const the = await setUp((socket) =>
      sendJson(socket, refused(7001, "taken", { path: ["body", "id"] }), 400),
    );
    const error = await failure(create(the.api));
    assert.deepEqual(error.problems, [{ code: 7001, message: "taken", field: "id" }]);
    assert.equal(the.server.requests.length, 1);
    await the.close();
  });
});

describe("deleting a server whose request failed", () => {
  it("is done when the server is gone", async () => {
    const the = await setUp((socket, { method }) =>
      method === "DELETE"
        ? socket.resetAndDestroy()
        : sendJson(socket, refused(7002, "Not Found"), 404),
    );
    await the.api.deleteServer("docs");
    assert.deepEqual(lineOf(the), ["DELETE servers/docs", "GET servers/docs"]);
    await the.close();
  });

  it("is repeated while the server is there", async () => {
    const the = await setUp((socket, _, number) =>
      number === 1 ? socket.resetAndDestroy() : sendJson(socket, ok(aServer("docs"))),
    );
    await the.api.deleteServer("docs");
    assert.deepEqual(lineOf(the), [
      "DELETE servers/docs",
      "GET servers/docs",
      "DELETE servers/docs",
    ]);
    await the.close();
  });

  it("fails for a server that never was", async () => {
    const the = await setUp((socket) => sendJson(socket, refused(7002, "Not Found"), 404));
    assert.equal((await failure(the.api.deleteServer("docs"))).kind, "notFound");
    await the.close();
  });
});
