import assert from "node:assert/strict";
import { contractForAll, list, object, pathOf, refusal } from "./support/contract.ts";
import { observe } from "./support/observations.ts";
import { isLive } from "./support/target.ts";

describe("contract: envelopes, errors and credentials", () => {
  const contract = contractForAll();

  it("a success of AI controls carries success and result, without errors and messages", async () => {
    const id = await contract().server();
    const { status, body } = await contract().call("GET", `/servers/${id}`);
    assert.deepEqual([status, Object.keys(body).sort()], [200, ["result", "success"]]);
    assert.equal(body["success"], true);
  });

  it("a list's result_info has count, page, per_page and total_count", async () => {
    await contract().server();
    const { body } = await contract().call("GET", "/servers?per_page=1&page=1");
    const info = object(body["result_info"]);
    assert.deepEqual(Object.keys(info).sort(), ["count", "page", "per_page", "total_count"]);
    assert.deepEqual([info["count"], info["page"], info["per_page"]], [1, 1, 1]);
  });

  it("a page behind the last one is empty", async () => {
    const { status, body } = await contract().call("GET", "/servers?page=10000");
    assert.deepEqual([status, body["result"]], [200, []]);
  });

  it("what doesn't exist is answered with 404, 7002 and an empty result", async () => {
    for (const path of ["/servers/contract-none", "/portals/contract-none"]) {
      for (const method of ["GET", "DELETE"]) {
        const reply = await contract().call(method, path);
        assert.deepEqual(refusal(reply), [404, 7002, "Not Found"], `${method} ${path}`);
        assert.deepEqual([reply.body["success"], reply.body["result"]], [false, {}]);
      }
      const put = await contract().call("PUT", path, { name: "Contract" });
      assert.equal(put.status, 404);
    }
    const sync = await contract().call("POST", "/servers/contract-none/sync");
    assert.equal(sync.status, 404);
  });

  it("an invalid field is answered with 400, 7001 and its path", async () => {
    const body = contract().serverBody({ name: 1 });
    const reply = await contract().create("servers", body);
    assert.deepEqual(refusal(reply).slice(0, 2), [400, 7001]);
    assert.equal(pathOf(reply), "body.name");
  });

  for (const query of ["page=0", "per_page=0", "per_page=101", "page=x"]) {
    it(`a list refuses ${query}`, async () => {
      for (const kind of ["servers", "portals"]) {
        const reply = await contract().call("GET", `/${kind}?${query}`);
        assert.equal(reply.status, 400, kind);
      }
    });
  }

  it("unknown keys of a body are ignored", async () => {
    const reply = await contract().create("servers", contract().serverBody({ contract: true }));
    assert.equal(reply.status, 201);
    assert(!("contract" in object(reply.body["result"])));
  });

  it("a request without a credential is refused by the gateway, with messages and a null result", async () => {
    const reply = await contract().send("GET", contract().path("/servers"), undefined, {});
    assert(reply.status === 400 || reply.status === 401, String(reply.status));
    assert.deepEqual([reply.body["success"], reply.body["result"]], [false, null]);
    observe("no credential", refusal(reply));
  });

  it("an unknown token is refused with 9109 or 10000", async () => {
    const headers = { authorization: `Bearer ${"x".repeat(40)}` };
    const reply = await contract().send("GET", contract().path("/servers"), undefined, headers);
    assert([401, 403].includes(reply.status), String(reply.status));
    assert([9109, 10000].includes(Number(list(reply.body["errors"])[0]?.["code"])));
    observe("unknown token", refusal(reply));
  });

  it("a malformed credential is refused with 6003", async () => {
    const headers = { authorization: "Bearer short" };
    const reply = await contract().send("GET", contract().path("/servers"), undefined, headers);
    assert.deepEqual(refusal(reply).slice(0, 2), [400, 6003]);
  });

  it("a path that doesn't exist is refused with 7003", async () => {
    const reply = await contract().send("GET", "/contract-none");
    assert.deepEqual(refusal(reply).slice(0, 2), [404, 7003]);
  });

  it("a token is known to the user's verification or to its account's, and is active", async () => {
    const { accountId } = contract().target;
    const ofUser = await contract().send("GET", "/user/tokens/verify");
    const ofAccount = await contract().send("GET", `/accounts/${accountId}/tokens/verify`);
    const known = [ofUser, ofAccount].filter(({ status }) => status === 200);
    assert(known.length >= 1);
    assert.equal(object(known[0]?.body["result"])["status"], "active");
  });

  it("the accounts are a list with ids of 32 hex digits", async () => {
    const { status, body } = await contract().send("GET", "/accounts?per_page=50");
    assert.equal(status, 200);
    for (const { id } of list(body["result"])) {
      assert.match(String(id), /^[0-9a-f]{32}$/);
    }
  });

  it("tells which rate limit headers come", async () => {
    const { headers } = await contract().call("GET", "/servers?per_page=1");
    observe(
      "rate limit headers",
      `${headers.get("ratelimit")} / ${headers.get("ratelimit-policy")}`,
    );
  });

  if (!isLive) {
    it("a token that may only read is refused writes with 403 and 10000", async () => {
      const id = await contract().server();
      const { emulator } = contract().target;
      const headers = { authorization: `Bearer ${emulator?.readOnlyToken}` };
      const path = contract().path(`/servers/${id}`);
      assert.equal((await contract().send("GET", path, undefined, headers)).status, 200);
      const reply = await contract().send("PUT", path, { name: "No" }, headers);
      assert.deepEqual(refusal(reply), [403, 10000, "Authentication error"]);
    });

    it("an email with its Global API Key opens what a token opens", async () => {
      const { email = "", key = "" } = contract().target.emulator?.globalKey ?? {};
      const headers = { "x-auth-email": email, "x-auth-key": key };
      const path = contract().path("/servers");
      assert.equal((await contract().send("GET", path, undefined, headers)).status, 200);
      const wrong = { ...headers, "x-auth-key": "0".repeat(37) };
      const reply = await contract().send("GET", path, undefined, wrong);
      assert.deepEqual(refusal(reply).slice(0, 2), [403, 9103]);
    });

    it("over the rate limit everything is answered with 429 and retry-after", async () => {
      const { emulator } = contract().target;
      emulator?.control.switches({ rateLimit: { requests: 1, seconds: 300 } });
      await contract().call("GET", "/servers");
      const reply = await contract().call("GET", "/servers");
      assert.deepEqual([reply.status, reply.headers.get("retry-after")], [429, "300"]);
    });
  }
});
