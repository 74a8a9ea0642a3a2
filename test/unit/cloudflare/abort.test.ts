import assert from "node:assert/strict";
import type { Socket } from "node:net";
import { isCancelled } from "../../../src/domain/apiError.ts";
import { aServer, pageOf, refused, sendJson } from "./support/answers.ts";
import { setUp } from "./support/setUp.ts";

const outcome = (call: Promise<unknown>) =>
  call.then(
    () => "done",
    (error: unknown) => error,
  );

const closed = (socket: Socket) =>
  new Promise<void>((resolve) => socket.once("close", () => resolve()));

describe("ending a call", () => {
  it("before it starts sends nothing", async () => {
    const the = await setUp((socket) => sendJson(socket, {}));
    const error = await outcome(the.api.readServer("docs", { signal: AbortSignal.abort("why") }));
    assert.ok(isCancelled(error));
    assert.equal(the.server.requests.length, 0);
    await the.close();
  });

  it("really ends the request", async () => {
    let socket: Socket | undefined;
    const the = await setUp((used) => {
      socket = used;
    });
    const controller = new AbortController();
    const call = outcome(the.api.readServer("docs", { signal: controller.signal }));
    await the.server.received(1);
    assert.ok(socket);
    const hungUp = closed(socket);
    controller.abort();
    assert.ok(isCancelled(await call));
    await hungUp;
    assert.equal(the.server.requests.length, 1);
    await the.close();
  });

  it("works in the middle of a body", async () => {
    let socket: Socket | undefined;
    const the = await setUp((used) => {
      socket = used;
      used.write("HTTP/1.1 200 OK\r\ncontent-length: 900\r\n\r\n{");
    });
    const controller = new AbortController();
    const call = outcome(the.api.readServer("docs", { signal: controller.signal }));
    await the.server.received(1);
    assert.ok(socket);
    const hungUp = closed(socket);
    controller.abort();
    assert.ok(isCancelled(await call));
    await hungUp;
    await the.close();
  });

  it("works while it waits for its next attempt", async () => {
    const controller = new AbortController();
    const the = await setUp((socket) => sendJson(socket, refused(1, "x"), 503), {
      log: () => controller.abort(),
    });
    const error = await outcome(the.api.readServer("docs", { signal: controller.signal }));
    assert.ok(isCancelled(error));
    assert.equal(the.server.requests.length, 1);
    await the.close();
  });

  it("ends every page of a list", async () => {
    const all = Array.from({ length: 950 }, (_, index) => aServer(`s${index}`));
    const the = await setUp((socket, request, number) => {
      if (number === 1) {
        sendJson(socket, pageOf(request, all));
      }
    });
    const controller = new AbortController();
    const call = outcome(the.api.listServers({ signal: controller.signal }));
    await the.server.received(4);
    controller.abort();
    assert.ok(isCancelled(await call));
    await the.close();
  });

  it("by closing the client ends running and later calls", async () => {
    const the = await setUp(() => undefined);
    const call = outcome(the.api.readServer("docs"));
    await the.server.received(1);
    await the.close();
    assert.ok(isCancelled(await call));
    assert.ok(isCancelled(await outcome(the.api.readServer("docs"))));
  });
});
