import assert from "node:assert/strict";
import { refused, sendJson } from "./support/answers.ts";
import { failure, setUp } from "./support/setUp.ts";

const failed = {
  status: "error",
  error: "unable to connect",
  error_details: { is_upstream: false, cause: null, retryable: true },
};

describe("a sync that failed", () => {
  for (const status of [200, 502]) {
    it(`is an answer with success: false under ${status}`, async () => {
      const the = await setUp((socket) =>
        sendJson(socket, { success: false, errors: [], result: failed }, status),
      );
      assert.deepEqual(await the.api.syncServer("docs"), {
        status: "error",
        error: "unable to connect",
        errorDetails: {
          cause: undefined,
          isUpstream: false,
          mcpCode: undefined,
          retryable: true,
          statusCode: undefined,
        },
      });
      assert.equal(the.server.requests.length, 1);
      await the.close();
    });
  }

  it("is an error when there is no server", async () => {
    const the = await setUp((socket) => sendJson(socket, refused(7002, "Not Found"), 404));
    assert.equal((await failure(the.api.syncServer("docs"))).kind, "notFound");
    await the.close();
  });
});
