import { deepEqual, equal, ok } from "node:assert/strict";
import { randomBytes } from "node:crypto";
import process from "node:process";
import * as vscode from "vscode";
import { COMMANDS } from "../../../src/manifest.ts";
import { message, serversShown, signOutAll } from "../support/accounts.ts";
import { setUpSuite, type TestAccount } from "../support/fixture.ts";
import { watchLog } from "../support/log.ts";
import { onScreen } from "../support/onScreen.ts";
import { run } from "../support/run.ts";
import { serverRow, treeOf, until } from "../support/screen.ts";
import { environmentsOf, filesBelow, type Place, SecretSearch } from "../support/search.ts";
import { addToken, changeToken } from "../support/tokens.ts";

/** A secret with characters that URL-encoding, JSON and base64 change. */
const secret = (): string => randomBytes(24).toString("base64url");
const awkward = (): string => `${secret()}&"+/ %${secret()}`;

const SECRETS = {
  bearer: secret(),
  header: awkward(),
  client: awkward(),
  newClient: secret(),
  urlPassword: secret(),
  urlQuery: secret(),
  newBearer: secret(),
  newUrlPassword: secret(),
  newUrlQuery: secret(),
  wrongToken: secret() + secret(),
  wrongKey: secret() + secret(),
  environment: secret() + secret(),
};

describe("Secrets", () => {
  const { account, person } = setUpSuite({ signedIn: false, isStory: true });
  const search = new SecretSearch();
  const seen: Place[] = [];
  let logged: readonly string[];
  const data = process.env["MCP_PORTALS_TEST_DATA"] ?? "";

  before(async () => {
    logged = watchLog(account.exports.log);
    for (const [name, value] of Object.entries(SECRETS)) {
      search.add(name, value);
    }
    search.add("global key", account.globalKey.key);
    await account.emulator.write({
      server: "docs",
      patch: {
        hostname: `https://somebody:${SECRETS.urlPassword}@docs.example.com/mcp?key=${SECRETS.urlQuery}`,
      },
    });
    await signInWith(account.globalKey);
  });

  async function signInWith({ email, key }: TestAccount["globalKey"]): Promise<void> {
    const done = run(COMMANDS.signIn);
    await person.pick("Use an email and Global API Key (legacy)");
    await person.type(email);
    await person.type(SECRETS.wrongKey);
    await person.complaint();
    await person.type(key);
    await done;
    await serversShown(account.exports);
  }

  const look = async (): Promise<void> =>
    void seen.push(...(await onScreen(account.exports, person)));

  it("are used for signing in, being refused, editing, syncing, failing and signing in again", async () => {
    await look();
    await signOutAll(account.exports);
    const done = run(COMMANDS.signIn);
    await person.pick("Paste an API token");
    await person.type(SECRETS.wrongToken);
    await person.complaint();
    const token = await addToken(account.emulator, { accounts: [account.emulator.accountId] });
    search.add("token", token);
    await person.type(token);
    await done;
    await serversShown(account.exports);
    const tool = {
      kind: "tool",
      accountId: account.emulator.accountId,
      serverId: "docs",
      name: "get_page",
    };
    await run(COMMANDS.editAlias, tool, [], "page");
    await run(COMMANDS.openServer, account.server("docs"));
    await run(COMMANDS.syncAll);
    for (const kind of ["reset", "html"] as const) {
      await account.emulator.set({ faults: [{ kind, match: { method: "PUT", count: 0 } }] });
      void run(COMMANDS.editAlias, tool, [], `page_${kind}`);
      await person.message(/Docs/u);
      await account.emulator.reset();
    }
    await changeToken(account.emulator, token, {
      accounts: [account.emulator.accountId],
      status: "expired",
    });
    void run(COMMANDS.refresh);
    const offer = await person.message(/no longer accepts/u);
    await look();
    const next = await addToken(account.emulator, { accounts: [account.emulator.accountId] });
    search.add("next token", next);
    offer.press("Sign In…");
    await person.pick("Paste an API token");
    await person.type(next);
    await until(
      () => message(account.exports),
      (text) => text === "",
    );
    await look();
  }).timeout(60_000);

  it("are set for upstreams as a bearer token, headers, an OAuth client and its secret", async () => {
    const set = (id: string, way: string) => {
      const done = run(COMMANDS.setUpstreamCredentials, account.server(id));
      return person.pick(way).then(() => ({ done }));
    };
    const bearer = await set("tickets", "Bearer token");
    await person.type(SECRETS.bearer);
    await bearer.done;
    const headers = await set("observability", "Headers");
    await person.type("X-Api-Key");
    await person.type(SECRETS.header);
    await person.pick("Save");
    await headers.done;
    const client = await set("crm", "OAuth client of your own");
    for (const text of [
      "https://id.example.com/authorize",
      "https://id.example.com/token",
      "",
      "",
      "client",
      "https://portal.example.com",
    ]) {
      await person.type(text);
    }
    await person.pick("In the body");
    await person.type("");
    await account.emulator.set({
      faults: [{ kind: "status", status: 400, code: 7001, match: { method: "PUT" } }],
    });
    await person.type(SECRETS.client);
    await person.complaint();
    await person.type(SECRETS.client);
    await client.done;
    const replaced = await set("crm", "New client secret");
    await person.type(SECRETS.newClient);
    await replaced.done;
    await look();
  });

  it("are given with a new server in its URL and as its bearer token", async () => {
    const done = run(COMMANDS.addServer);
    await person.type("Vault");
    await person.type("vault");
    await person.type(
      `https://somebody:${SECRETS.newUrlPassword}@vault.example.com/mcp?key=${SECRETS.newUrlQuery}`,
    );
    await person.pick("Bearer token");
    await person.type(SECRETS.newBearer);
    await until(
      () => serverRow(account.exports, "Vault"),
      (row) => row !== undefined,
    );
    await look();
    await person.message(/Vault/u);
    await done;
    await look();
    await run(COMMANDS.undo);
  });

  it("aren't in the environment of the demo's process", async () => {
    process.env["CLOUDFLARE_API_TOKEN"] = SECRETS.environment;
    await run(COMMANDS.signIn, undefined, undefined, "environment");
    await run(COMMANDS.openDemo);
    await until(
      () => treeOf(account.exports),
      (rows) => rows.some(({ label }) => label === "Demo account"),
    );
    seen.push(...(await environmentsOf("demo.json")));
    await look();
  });

  it("are found by the search wherever they are, in whatever form", () => {
    const { header, bearer } = SECRETS;
    for (const text of [
      bearer.slice(5, 13),
      encodeURIComponent(header),
      JSON.stringify(header),
      Buffer.from(`Bearer ${bearer}`).toString("base64"),
      Buffer.from(`x${bearer}y`).toString("base64url"),
    ]) {
      equal(search.find([{ name: "a text", text: `… ${text} …` }]).length > 0, true, text);
    }
    deepEqual(search.find([{ name: "a text", text: "nothing of the kind" }]), []);
  });

  it("appear in nothing that the extension wrote, showed or sent", async () => {
    ok(data !== "", "MCP_PORTALS_TEST_DATA is missing: start the suite by its script.");
    const workspace = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? "";
    const written = [...(await filesBelow(data)), ...(await filesBelow(workspace))];
    const has = (name: RegExp, text: string) =>
      written.some((place) => name.test(place.name) && place.text.includes(text));
    ok(logged.some((line) => line.includes("/access/ai-controls/mcp/servers")));
    ok(has(/globalStorage.*servers\.json$/u, "docs.example.com"), "the cache isn't there");
    const asked = (await account.emulator.log()).map(({ body, ...rest }) => {
      // Cloudflare must receive these: the credentials, and the whole URL of a new server.
      const { auth_credentials: _, client_secret: __, hostname: ___, ...shown } = Object(body);
      return { ...rest, body: typeof body === "string" ? body : shown };
    });
    ok(asked.length > 50);
    const sent = { name: "requests", text: JSON.stringify(asked) };
    const log = { name: "log", text: logged.join("\n") };
    deepEqual(search.find([...seen, ...written, log, sent]), []);
  });

  it("leave nothing of the account on this machine after Sign Out", async () => {
    await signOutAll(account.exports);
    const about = await until(
      async () =>
        (await filesBelow(data)).filter(
          ({ name, text }) =>
            /globalStorage\/mcp-portals/u.test(name) &&
            (name.includes(account.emulator.accountId) || text.includes("docs.example.com")),
        ),
      (places) => places.length <= 1,
    );
    deepEqual(
      about.map(({ text }) => JSON.parse(text).signedIn),
      [false],
    );
  });
});
