import assert from "node:assert/strict";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { aServer, ok, send } from "./support/answers.ts";
import { setUp } from "./support/setUp.ts";

describe("a packed body", () => {
  const body = JSON.stringify(ok(aServer("docs", { description: "é".repeat(5000) })));
  for (const [encoding, pack] of [
    ["gzip", gzipSync],
    ["br", brotliCompressSync],
    ["deflate", deflateSync],
  ] as const) {
    it(`is unpacked from ${encoding}`, async () => {
      const the = await setUp((socket) =>
        send(socket, 200, pack(body), { "content-encoding": encoding }),
      );
      assert.equal((await the.api.readServer("docs")).description?.length, 5000);
      assert.equal(the.server.requests[0]?.headers.get("accept-encoding"), "br, gzip");
      await the.close();
    });
  }
});
