import assert from "node:assert/strict";
import { type LoggedRequest, RequestLog } from "../../../src/emulator/requestLog.ts";

function entry(path: string, body: unknown = null): LoggedRequest {
  const at = "2026-01-01T00:00:00.000Z";
  const credential = { kind: "none" } as const;
  return { at, method: "GET", path, query: {}, body, headers: {}, credential, status: 0, ray: "r" };
}

describe("emulator: the request log", () => {
  it("keeps the newest entries up to a number", () => {
    const log = new RequestLog({ entries: 8, bytes: 1e9, bodyBytes: 1e9 });
    for (let index = 0; index < 100; index += 1) {
      log.add(entry(`/${index}`), 0);
      assert(log.entries().length <= 8);
      assert.equal(log.entries().at(-1)?.path, `/${index}`);
    }
    assert(log.entries().length >= 6);
  });

  it("keeps the newest entries up to a number of bytes, long paths and headers included", () => {
    const log = new RequestLog({ entries: 1000, bytes: 20_000, bodyBytes: 10_000 });
    for (let index = 0; index < 100; index += 1) {
      log.add({ ...entry(`/${index}`, "x".repeat(3000)), headers: { a: "x".repeat(2000) } }, 3000);
    }
    const bytes = JSON.stringify(log.entries()).length;
    assert(bytes < 20_000 && bytes > 10_000, `${bytes} bytes`);
    assert.equal(log.entries().at(-1)?.path, "/99");
  });

  it("keeps a note in place of a body that is too long", () => {
    const log = new RequestLog({ entries: 8, bytes: 1e9, bodyBytes: 10 });
    log.add(entry("/short", "0123456789"), 10);
    log.add(entry("/long", "0123456789a"), 11);
    assert.deepEqual(
      log.entries().map(({ body }) => body),
      ["0123456789", "(a body of 11 bytes, not kept)"],
    );
  });

  it("tells what became known later, also of an entry that was dropped", () => {
    const log = new RequestLog({ entries: 2, bytes: 1e9, bodyBytes: 10 });
    const first = log.add(entry("/first"), 0);
    first.amend({ status: 200 });
    assert.equal(log.entries()[0]?.status, 200);
    log.add(entry("/second"), 0);
    log.add(entry("/third"), 0);
    first.amend({ status: 500 });
    assert(log.entries().every(({ status }) => status === 0));
    log.clear();
    assert.deepEqual(log.entries(), []);
  });
});
