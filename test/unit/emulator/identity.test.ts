import assert from "node:assert/strict";
import { call, emulatorForAll, mcp, type Reply, send } from "./support/calling.ts";

const headersOf = (token: string) => ({ authorization: `Bearer ${token}` });

function problem({ status, body }: Reply): unknown {
  return [status, body["success"], body["errors"]];
}

describe("emulator: credentials", () => {
  const emulator = emulatorForAll({ seed: "empty" });

  it("answers a request without a credential as the gateway does", async () => {
    const message = "Missing X-Auth-Key, X-Auth-Email or Authorization headers";
    const reply = await send(emulator(), "GET", "/accounts", undefined, {});
    assert.deepEqual(problem(reply), [400, false, [{ code: 9106, message }]]);
    assert.deepEqual(reply.body["messages"], []);
    assert.equal(reply.body["result"], null);
  });

  for (const [header, value, code, name] of [
    ["authorization", "Bearer too-short", 6111, "Authorization"],
    ["authorization", "Basic dXNlcjpwYXNz", 6111, "Authorization"],
    ["x-auth-email", "nobody", 6102, "X-Auth-Email"],
  ] as const) {
    it(`refuses ${header}: ${value} as malformed`, async () => {
      const chain = [{ code, message: `Invalid format for ${name} header` }];
      const error = { code: 6003, message: "Invalid request headers", error_chain: chain };
      const reply = await send(emulator(), "GET", "/accounts", undefined, { [header]: value });
      assert.deepEqual(problem(reply), [400, false, [error]]);
    });
  }

  it("refuses a token that nobody knows", async () => {
    const unknown = headersOf("x".repeat(40));
    const accounts = await send(emulator(), "GET", "/accounts", undefined, unknown);
    assert.deepEqual(problem(accounts), [
      401,
      false,
      [{ code: 9109, message: "Invalid access token" }],
    ]);
    const verify = await send(emulator(), "GET", "/user/tokens/verify", undefined, unknown);
    assert.deepEqual(problem(verify), [401, false, [{ code: 1000, message: "Invalid API Token" }]]);
  });

  it("lets a read-only token read, and refuses it writes and syncs", async () => {
    const headers = headersOf(emulator().readOnlyToken);
    assert.equal((await call(emulator(), "GET", "/servers", undefined, headers)).status, 200);
    for (const [method, path] of [
      ["POST", "/servers"],
      ["PUT", "/servers/any"],
      ["DELETE", "/servers/any"],
      ["POST", "/servers/any/sync"],
      ["POST", "/portals"],
      ["PUT", "/portals/any"],
      ["DELETE", "/portals/any"],
    ] as const) {
      const reply = await call(emulator(), method, path, {}, headers);
      const expected = [403, false, [{ code: 10000, message: "Authentication error" }]];
      assert.deepEqual(problem(reply), expected, `${method} ${path}`);
    }
  });

  it("refuses a token without the permission even to read", async () => {
    const { secret } = emulator().control.addToken("dns only", { permission: "none" });
    const reply = await call(emulator(), "GET", "/servers", undefined, headersOf(secret));
    assert.equal(reply.status, 403);
    assert.equal(
      (await send(emulator(), "GET", "/accounts", undefined, headersOf(secret))).status,
      200,
    );
  });

  it("verifies a user token, and an account token only with the account", async () => {
    const { accountId, token, accountToken } = emulator();
    const ofAccount = `/accounts/${accountId}/tokens/verify`;
    for (const [path, secret, status] of [
      ["/user/tokens/verify", token, 200],
      ["/user/tokens/verify", accountToken, 401],
      [ofAccount, accountToken, 200],
      [ofAccount, token, 401],
    ] as const) {
      const reply = await send(emulator(), "GET", path, undefined, headersOf(secret));
      assert.equal(reply.status, status, path);
    }
  });

  it("tells of a disabled token, and refuses to work with it", async () => {
    const { secret, id } = emulator().control.addToken("old", { status: "disabled" });
    const reply = await send(
      emulator(),
      "GET",
      "/user/tokens/verify",
      undefined,
      headersOf(secret),
    );
    assert.equal(reply.status, 200);
    assert.deepEqual(reply.body["result"], { id, status: "disabled" });
    assert.equal(
      (await call(emulator(), "GET", "/servers", undefined, headersOf(secret))).status,
      401,
    );
  });

  it("takes the legacy email and Global API Key", async () => {
    const { email, key } = emulator().globalKey;
    const right = { "x-auth-email": email, "x-auth-key": key };
    assert.equal((await call(emulator(), "GET", "/servers", undefined, right)).status, 200);
    const wrong = { ...right, "x-auth-key": "0".repeat(37) };
    const reply = await call(emulator(), "GET", "/servers", undefined, wrong);
    const message = "Unknown X-Auth-Key or X-Auth-Email";
    assert.deepEqual(problem(reply), [403, false, [{ code: 9103, message }]]);
  });

  it("gives a narrow token an empty list of accounts", async () => {
    const { secret } = emulator().control.addToken("narrow", { listsAccounts: false });
    const accounts = await send(emulator(), "GET", "/accounts", undefined, headersOf(secret));
    assert.deepEqual(accounts.body["result"], []);
    assert.equal(
      (await call(emulator(), "GET", "/servers", undefined, headersOf(secret))).status,
      200,
    );
  });

  it("keeps a token out of another account", async () => {
    const other = "0123456789abcdef0123456789abcdef";
    emulator().control.addAccount(other, "Other");
    const { secret } = emulator().control.addToken("one account", {
      accounts: [emulator().accountId],
    });
    const path = `/accounts/${other}/access/ai-controls/mcp/servers`;
    const reply = await send(emulator(), "GET", path, undefined, headersOf(secret));
    const message = "Unauthorized to access requested resource";
    assert.deepEqual(problem(reply), [403, false, [{ code: 9109, message }]]);
  });

  it("can't route to a path or an account id that doesn't exist", async () => {
    for (const path of ["/nothing", "/accounts/abc/access/ai-controls/mcp/servers"]) {
      const reply = await send(emulator(), "GET", path);
      assert.equal(reply.status, 404);
      const message = `Could not route to ${path}, perhaps your object identifier is invalid?`;
      assert.deepEqual(reply.body["errors"], [
        { code: 7003, message },
        { code: 7000, message: "No route for that URI" },
      ]);
    }
  });

  it("logs which credential it was, and never the credential", async () => {
    const { control, token, readOnlyToken } = emulator();
    control.clearLog();
    await call(emulator(), "GET", "/servers", undefined, headersOf(readOnlyToken));
    await call(emulator(), "GET", "/servers?page=1", undefined, {});
    const log = control.log();
    assert.deepEqual(
      log.map(({ method, path, query, credential, status }) => [
        method,
        path,
        query,
        credential,
        status,
      ]),
      [
        ["GET", mcp(emulator(), "/servers"), {}, { kind: "bearer", name: "readOnlyToken" }, 200],
        ["GET", mcp(emulator(), "/servers"), { page: "1" }, { kind: "none" }, 400],
      ],
    );
    const text = JSON.stringify(log);
    assert(!text.includes(readOnlyToken) && !text.includes(token));
  });
});
