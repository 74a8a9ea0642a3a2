import { deepEqual, equal, rejects } from "node:assert/strict";
import { Connector } from "../../../../src/cloudflare/connect.ts";
import type { Connect } from "../../../../src/domain/cloudflareClient.ts";
import { checkCredential, verifyToken } from "../../../../src/features/accounts/verify.ts";
import { ok, refused, sendJson } from "../../cloudflare/support/answers.ts";
import { RawServer, type Respond } from "../../cloudflare/support/rawServer.ts";
import { account, token } from "../../cloudflare/support/setUp.ts";

/** What Cloudflare answers, by the path below the API root. */
const GOOD: Readonly<Record<string, unknown>> = {
  "/user/tokens/verify": ok({ id: "t", status: "active" }),
  "/accounts": ok([{ id: account, name: "Account" }], { total_count: 1 }),
  [`/accounts/${account}/access/ai-controls/mcp/servers`]: ok([], { total_count: 0 }),
};

describe("the check of a credential", () => {
  let server: RawServer;
  let opened: number;
  afterEach(() => server.close());

  it("has one connection, which the sign-in keeps", async () => {
    await listen(answering(GOOD));
    const { connection, accounts } = await check();
    deepEqual(paths(), Object.keys(GOOD));
    deepEqual(accounts, [{ id: account, name: "Account" }]);
    deepEqual(await connection.accounts.listAccounts(), accounts);
    equal(opened, 1);
    await connection.close();
    await server.idle();
  });

  for (const path of Object.keys(GOOD)) {
    it(`closes its connection when ${path} is refused`, async () => {
      await listen((socket, request, number) => {
        const isRefused = pathOf(request.target) === path;
        if (isRefused) {
          sendJson(socket, refused(10000, "Authentication error"), 403);
        } else {
          answering(GOOD)(socket, request, number);
        }
      });
      if (path === "/accounts") {
        // A narrow token may list no accounts, and is asked for the account's id instead.
        const { accounts, connection } = await check();
        deepEqual(accounts, []);
        await connection.close();
      } else {
        await rejects(check());
      }
      equal(opened, 1);
      await server.idle();
    });
  }

  for (const path of Object.keys(GOOD)) {
    it(`closes its connection when it is stopped while ${path} is asked for`, async () => {
      const stop = new AbortController();
      await listen((socket, request, number) => {
        if (pathOf(request.target) === path) {
          stop.abort();
        } else {
          answering(GOOD)(socket, request, number);
        }
      });
      await rejects(check(stop.signal), { name: "AbortError" });
      await server.idle();
    });
  }

  it("opens nothing when it was stopped before", async () => {
    await listen(answering(GOOD));
    await rejects(check(AbortSignal.abort()), { name: "AbortError" });
    equal(opened, 0);
  });

  async function listen(respond: Respond): Promise<void> {
    server = await RawServer.start(respond);
    opened = 0;
  }

  function check(signal?: AbortSignal): ReturnType<typeof checkCredential> {
    const connector = new Connector();
    const connect: Connect = (to) => {
      opened += 1;
      return connector.connect({ ...to, userAgent: "test/1" });
    };
    const context = { connect, apiRoot: server.root };
    return checkCredential(context, { kind: "token", token }, verifyToken, signal);
  }

  function paths(): readonly string[] {
    return server.requests.map(({ target }) => pathOf(target));
  }
});

function answering(answers: Readonly<Record<string, unknown>>): Respond {
  return (socket, { target }) => sendJson(socket, answers[pathOf(target)] ?? ok({}));
}

function pathOf(target: string): string {
  return new URL(target, "http://localhost").pathname.replace("/client/v4", "");
}
