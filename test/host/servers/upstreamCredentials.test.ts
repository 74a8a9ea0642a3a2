import { deepEqual, doesNotMatch, equal, match } from "node:assert/strict";
import type { LoggedRequest } from "../../../src/emulator/requestLog.ts";
import { COMMANDS } from "../../../src/manifest.ts";
import { setUpSuite } from "../support/fixture.ts";
import { run } from "../support/run.ts";
import { serverRow, until } from "../support/screen.ts";

const PASTED = {
  at: "servers/observability",
  body: { auth_credentials: '{"headers":{"X-Id":"0a1b","X-Secret":"hush hush"}}' },
};

describe("Set Upstream Credentials…", () => {
  const { account, person } = setUpSuite();

  const set = (serverId: string) => run(COMMANDS.setUpstreamCredentials, account.server(serverId));
  const bodies = async (method: string) =>
    (await account.emulator.log())
      .filter((entry: LoggedRequest) => entry.method === method)
      .map(({ path, body }) => ({ at: path.split("/").slice(-2).join("/"), body }));
  const untilActive = (label: string) =>
    until(
      () => person.active?.label,
      (active) => active === label,
    );
  /** Enter upon Enter, through two headers that are there already. */
  const answerFilled = async () => {
    await person.untilAsked("Name of the header", "X-Id");
    await person.enter();
    await person.untilAsked("Value of X-Id", "0a1b");
    await person.enter();
    await untilActive("Add another header…");
    await person.pick("Add another header…");
    await person.untilAsked("Name of the header", "X-Secret");
    await person.enter();
    await person.untilAsked("Value of X-Secret", "hush hush");
    await person.enter();
    await untilActive("Save");
    await person.pick("Save");
  };
  const description = async (label: string) =>
    (await serverRow(account.exports, label))?.description;

  it("sends a bearer token, once, and syncs to see whether the upstream takes it", async () => {
    const done = set("database");
    await person.pick("Bearer token");
    await person.type("Bearer wh_2");
    equal(
      await person.complaint(),
      'Only the token itself, without "Bearer", spaces or line breaks.',
    );
    await person.type("wh_2");
    await done;
    equal(await description("Database"), "7 tools");
    deepEqual(await bodies("PUT"), [
      { at: "servers/database", body: { auth_credentials: "wh_2" } },
    ]);
    deepEqual(await bodies("POST"), [{ at: "database/sync", body: null }]);
  });

  for (const [written, text] of [
    ["a list", '[{"name":"X-Id","value":"0a1b"},{"name":"X-Secret","value":"hush hush"}]'],
    ["an object", '{"headers":{"X-Id":"0a1b","X-Secret":"hush hush"}}'],
    ["arguments of curl", "-H 'X-Id: 0a1b' -H 'X-Secret: hush hush'"],
    ["lines", "X-Id: 0a1b X-Secret: hush hush"],
  ] as const) {
    it(`takes headers pasted in place of a token, as ${written}, into the form for headers`, async () => {
      const done = set("observability");
      await person.pick("Bearer token");
      await person.type(text);
      await answerFilled();
      await done;
      deepEqual(await bodies("PUT"), [PASTED]);
    });
  }

  it("takes headers pasted in place of a header's name, and fills in names and values", async () => {
    const done = set("observability");
    await person.pick("Headers");
    await person.type('{"X-Id":"0a1b","X-Secret":"hush hush"}');
    await person.untilAsked("Value of X-Id", "0a1b");
    await person.pressButton("Back");
    await person.untilAsked("Name of the header", "X-Id");
    await person.enter();
    await person.untilAsked("Value of X-Id", "0a1b");
    await person.enter();
    await person.pick("Add another header…");
    await person.untilAsked("Name of the header", "X-Secret");
    await person.type("X-Id: again");
    equal(await person.complaint(), "This header is there already.");
    await person.type("X-Secret");
    await person.untilAsked("Value of X-Secret", "hush hush");
    await person.type("X-Secret: hush hush");
    await person.pick("Save");
    await done;
    deepEqual(await bodies("PUT"), [PASTED]);
  });

  it("says of JSON that holds no headers that it is no token, and shows no value", async () => {
    person.inputs.length = 0;
    const done = set("observability");
    await person.pick("Bearer token");
    await person.type('[{"name":"X-Id"}]');
    equal(await person.complaint(), "This is JSON. For headers choose Headers instead.");
    await person.type('[{"name":"X-Id","value":"0a1b"}]');
    await person.untilAsked("Name of the header", "X-Id");
    await person.dismiss();
    await done;
    doesNotMatch(person.inputs.join("\n"), /0a1b/u);
    deepEqual(await bodies("PUT"), []);
  });

  it("sends headers as the JSON text that the API wants", async () => {
    const done = set("observability");
    await person.pick("Headers");
    await person.type("no name");
    match(await person.complaint(), /^A header's name has letters/u);
    await person.type("__proto__");
    await person.type("a b");
    await person.pick("Add another header…");
    await person.type("__PROTO__");
    equal(await person.complaint(), "This header is there already.");
    await person.type("X-Tenant");
    await person.type("production");
    await person.pick("Save");
    await done;
    deepEqual(await bodies("PUT"), [
      {
        at: "servers/observability",
        body: { auth_credentials: '{"headers":{"__proto__":"a b","X-Tenant":"production"}}' },
      },
    ]);
  });

  const answerManualForm = async () => {
    await person.type("http://example.com/authorize");
    equal(await person.complaint(), "A URL that starts with https.");
    await person.type("https://id.example.com/authorize");
    await person.type("https://id.example.com/token");
    await person.type("https://id.example.com");
    await person.type("");
    await person.type("client-1");
    await person.type("");
    equal(await person.complaint(), "At least one redirect URI is needed.");
    await person.type("https://portal.example.com/a, https://portal.example.com/b");
    await person.pick("In the body");
    await person.type("read write");
  };

  it("sends headers with a new server, and doesn't mention replacing anything", async () => {
    person.inputs.length = 0;
    const done = run(COMMANDS.addServer);
    await person.type("Ledger");
    await person.type("ledger");
    await person.type("https://ledger.example.com/mcp");
    await person.pick("Headers");
    await person.type("X-Api-Key");
    await person.type("a b");
    await person.pick("Add Server");
    await person.message(/Ledger/u);
    await done;
    const [post] = await bodies("POST");
    deepEqual(post?.body, {
      id: "ledger",
      name: "Ledger",
      hostname: "https://ledger.example.com/mcp",
      auth_type: "bearer",
      auth_credentials: '{"headers":{"X-Api-Key":"a b"}}',
    });
    const shown = person.inputs.join();
    match(shown, /Confirming adds the server/u);
    doesNotMatch(shown, /replaces|Upstream credentials of/u);
  });

  it("sends an OAuth client, asks again where Cloudflare refuses, and goes back", async () => {
    const done = set("crm");
    await person.pick("OAuth client of your own");
    await answerManualForm();
    await person.pressButton("Back");
    await person.type("read");
    await account.emulator.set({
      faults: [
        { kind: "status", status: 400, code: 7001, message: "No", match: { method: "PUT" } },
      ],
    });
    await person.type("s3cret");
    match(await person.complaint(), /^Cloudflare refused the request\. Cloudflare says: No/u);
    await person.type("s3cret");
    await done;
    const { auth_credentials, ...rest } = Object(
      await bodies("PUT").then(([, sent]) => sent?.body),
    );
    deepEqual(rest, { client_secret: "s3cret" });
    deepEqual(JSON.parse(auth_credentials), {
      auth_mode: "manual",
      config: {
        authorization_endpoint: "https://id.example.com/authorize",
        token_endpoint: "https://id.example.com/token",
        issuer: "https://id.example.com",
      },
      registration_info: {
        client_id: "client-1",
        redirect_uris: ["https://portal.example.com/a", "https://portal.example.com/b"],
        token_endpoint_auth_method: "client_secret_post",
        scope: "read",
      },
    });
  });

  it("goes back from every question, and still has the answers", async () => {
    const done = set("observability");
    await person.pick("Headers");
    await person.type("X-First");
    await person.type("one");
    await person.pick("Add another header…");
    await person.untilAsked("Name of the header", "");
    await person.type("X-Second");
    await person.type("two");
    await untilActive("Save");
    await person.pressButton("Back");
    await person.untilAsked("Value of X-Second", "two");
    await person.pressButton("Back");
    await person.untilAsked("Name of the header", "X-Second");
    await person.pressButton("Back");
    await untilActive("Add another header…");
    await person.pick("Add another header…");
    await person.untilAsked("Name of the header", "X-Second");
    await person.type("X-Tenant");
    await person.untilAsked("Value of X-Tenant", "two");
    await person.enter();
    await person.pick("Save");
    await done;
    deepEqual(await bodies("PUT"), [
      {
        at: "servers/observability",
        body: { auth_credentials: '{"headers":{"X-First":"one","X-Tenant":"two"}}' },
      },
    ]);
  });

  it("goes back to the kind of credentials, and shows the step", async () => {
    const done = set("crm");
    await person.pick("OAuth client of your own");
    await person.untilAsked("Authorization endpoint");
    deepEqual(person.asked?.at, [2, 10]);
    await person.type("https://id.example.com/authorize");
    await person.untilAsked("Token endpoint");
    await person.pressButton("Back");
    await person.untilAsked("Authorization endpoint", "https://id.example.com/authorize");
    await person.pressButton("Back");
    await untilActive("OAuth client of your own");
    await person.pick("OAuth client of your own");
    await person.untilAsked("Authorization endpoint", "https://id.example.com/authorize");
    await person.dismiss();
    await done;
    deepEqual(await bodies("PUT"), []);
  });

  it("sends a request once, whatever is pressed meanwhile", async () => {
    await account.emulator.set({
      latency: 500,
    });
    const done = set("observability");
    await person.pick("Bearer token");
    await person.type("wh_3");
    await person.pressButton("Back");
    await done;
    deepEqual(await bodies("PUT"), [
      { at: "servers/observability", body: { auth_credentials: "wh_3" } },
    ]);
  });

  it("says what was refused after the question was dismissed", async () => {
    await account.emulator.set({
      latency: 500,
      faults: [
        { kind: "status", status: 400, code: 7001, message: "No", match: { method: "PUT" } },
      ],
    });
    const done = set("observability");
    await person.pick("Bearer token");
    await person.type("wh_4");
    await person.dismiss();
    await person.message(
      /^Upstream credentials of Observability: Cloudflare refused the request\. Cloudflare says: No/u,
    );
    await done;
  });

  it("replaces the secret of an OAuth client alone, and says only that there is one", async () => {
    person.inputs.length = 0;
    const done = set("crm");
    await person.pick("New client secret");
    await person.type("s3cret-2");
    await done;
    deepEqual(await bodies("PUT"), [{ at: "servers/crm", body: { client_secret: "s3cret-2" } }]);
    const shown = person.inputs.join("\n");
    match(shown, /An OAuth client with a secret is stored/u);
    equal(/client-1|s3cret|id\.example\.com/u.test(shown), false);
  });

  it("says when a server takes no credentials", async () => {
    await set("docs");
    await person.message(/^Docs takes no credentials: it is registered without authentication/u);
    deepEqual(await bodies("PUT"), []);
  });

  it("opens the dashboard for OAuth with dynamic registration, and notices the sign-in there", async () => {
    person.opened.length = 0;
    const { accountId } = account.emulator;
    const done = set("calendar");
    await person.pick("Authenticate in the dashboard");
    await until(
      () => person.opened,
      (opened) => opened.length > 0,
    );
    deepEqual(person.opened, [
      `https://dash.cloudflare.com/${accountId}/one/access-controls/ai-controls/mcp-server/edit/calendar`,
    ]);
    await account.emulator.write({
      server: "calendar",
      patch: { authentication_status: "connected", status: "ready" },
    });
    await until(
      () => description("Calendar"),
      (text) => text === "6 tools, 2 prompts",
    );
    await done;
  });
});
