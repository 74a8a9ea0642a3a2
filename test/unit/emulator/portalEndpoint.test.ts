import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { makeTemporaryFolder } from "../../harness/temporary.ts";
import { call, emulatorPerTest, list, object, send } from "./support/calling.ts";
import { issuerOf, register, signIn } from "./support/oauth.ts";
import { rawRequest } from "./support/raw.ts";

const NATIVE = ["portal_list_servers", "portal_toggle_servers", "portal_toggle_single_server"];

describe("emulator: the endpoint of a portal", () => {
  const emulator = emulatorPerTest({ seed: "demo" });
  const clients: Client[] = [];
  afterEach(async () => {
    await Promise.all(clients.splice(0).map((client) => client.close()));
  });

  const url = (portal: string) => {
    const endpoint = emulator().portals[portal];
    assert(endpoint, portal);
    return endpoint;
  };

  async function connect(
    endpoint: string,
    headers: Readonly<Record<string, string>>,
  ): Promise<Client> {
    const transport = new StreamableHTTPClientTransport(new URL(endpoint), {
      requestInit: { headers },
    });
    const client = new Client({ name: "test", version: "1" });
    await client.connect(transport);
    clients.push(client);
    return client;
  }

  const asUser = async (endpoint: string, email?: string) => {
    const token = await signIn(endpoint.split("?")[0] ?? endpoint, email);
    return await connect(endpoint, { authorization: `Bearer ${token}` });
  };

  async function toolNames(client: Client): Promise<readonly string[]> {
    return (await client.listTools()).tools.map(({ name }) => name);
  }

  async function said(client: Client, name: string, args: Record<string, unknown> = {}) {
    const { content } = await client.callTool({ name, arguments: args });
    return String(object(list(content)[0])["text"]);
  }

  async function appOf(name: string): Promise<string> {
    const { accountId } = emulator();
    const { body } = await send(emulator(), "GET", `/accounts/${accountId}/access/apps`);
    const app = list(body["result"])
      .map(object)
      .find((each) => each["name"] === name);
    assert(app, name);
    return `/accounts/${accountId}/access/apps/${app["id"]}`;
  }

  it("answers 401 with the way to the sign-in, and signs in without a password", async () => {
    const token = await signIn(url("engineering"));
    assert.match(token, /^[\w-]{40,}$/);
    const client = await connect(url("engineering"), { authorization: `Bearer ${token}` });
    assert.equal(client.getServerVersion()?.name, "Engineering");
  });

  it("lists under exposed names what is on in the portal, and its own tools", async () => {
    const client = await asUser(`${url("support")}`);
    const names = await toolNames(client);
    assert.deepEqual(names.slice(0, 3), NATIVE);
    const shop = names.filter((name) => name.startsWith("shop_"));
    assert.deepEqual(shop, ["shop_stock", "shop_list_orders", "shop_get_order"]);
    assert(names.includes("tickets_search_tickets"));
    const { tools } = await client.listTools();
    const orders = tools.find(({ name }) => name === "shop_list_orders");
    assert.equal(orders?.description, "Lists a customer's orders.");
  });

  it("is listed by mcp-remote, through which clients without HTTP connect", async () => {
    const token = await signIn(url("support"));
    const folder = await makeTemporaryFolder("mcp-remote");
    const program = fileURLToPath(import.meta.resolve("mcp-remote/dist/client.js"));
    try {
      const { stdout, stderr } = await promisify(execFile)(
        process.execPath,
        [program, url("support"), "--header", `Authorization:Bearer ${token}`],
        { env: { ...process.env, MCP_REMOTE_CONFIG_DIR: folder.path } },
      );
      const [, answer = ""] = /Tools: (\{.*?^\})/ms.exec(`${stdout}${stderr}`) ?? [];
      const names = list(object(JSON.parse(answer))["tools"]).map((tool) => object(tool)["name"]);
      const client = await asUser(url("support"));
      assert.deepEqual(names, await toolNames(client));
    } finally {
      await folder.remove();
    }
  }).timeout(60_000);

  it("hands a call on to the real upstream", async () => {
    const client = await asUser(url("support"));
    const { structuredContent } = await client.callTool({
      name: "tickets_search_tickets",
      arguments: { query: "certificate" },
    });
    assert.equal(object(structuredContent)["total"], 1);
    const unknown = await client.callTool({ name: "shop_refund_order", arguments: {} });
    assert.equal(unknown.isError, true);
  });

  it("hides a server without a policy, and shows it once there is one", async () => {
    const endpoint = `${url("engineering")}?codemode=off`;
    const hidden = await asUser(endpoint);
    assert(!(await toolNames(hidden)).some((name) => name.startsWith("docs_")));
    assert.deepEqual(
      (await hidden.listPrompts()).prompts.map(({ name }) => name),
      ["observability_summarize_incident"],
    );
    const policy = { name: "All", decision: "allow", include: [{ everyone: {} }] };
    const app = await appOf("Docs");
    assert.equal((await send(emulator(), "POST", `${app}/policies`, policy)).status, 201);
    const shown = await asUser(endpoint);
    assert((await toolNames(shown)).includes("docs_search_docs"));
    const prompt = await shown.getPrompt({
      name: "docs_check_style",
      arguments: { text: "x" },
    });
    assert.equal(prompt.messages.length, 1);
  });

  it("hides a server without an Access application", async () => {
    await send(emulator(), "DELETE", await appOf("Tickets"));
    const client = await asUser(url("support"));
    assert(!(await toolNames(client)).some((name) => name.startsWith("tickets_")));
    await send(emulator(), "DELETE", await appOf("Shop"));
    const empty = await asUser(url("support"));
    assert.deepEqual(await toolNames(empty), NATIVE);
    assert.equal(await said(empty, "portal_list_servers"), "No allowed servers available");
  });

  for (const status of ["error", "stale", "waiting"]) {
    it(`hides a server whose status is ${status}`, async () => {
      emulator().control.write({ server: "shop", patch: { status } });
      const client = await asUser(url("support"));
      assert(!(await toolNames(client)).some((name) => name.startsWith("shop_")));
    });
  }

  it("shows a service token only what asks no user to sign in upstream", async () => {
    const { accountId } = emulator();
    const path = `/accounts/${accountId}/access/service_tokens`;
    const made = await send(emulator(), "POST", path, { name: "Bot" });
    const { client_id, client_secret } = object(made.body["result"]);
    const headers = {
      "CF-Access-Client-Id": String(client_id),
      "CF-Access-Client-Secret": String(client_secret),
    };
    await assert.rejects(connect(url("support"), headers));
    const policy = {
      name: "Bots",
      decision: "non_identity",
      include: [{ any_valid_service_token: {} }],
    };
    for (const app of ["Support", "Shop", "Tickets"]) {
      await send(emulator(), "POST", `${await appOf(app)}/policies`, policy);
    }
    const client = await connect(url("support"), headers);
    const names = await toolNames(client);
    assert(names.includes("tickets_search_tickets"));
    assert(!names.some((name) => name.startsWith("shop_")));
    const wrong = { ...headers, "CF-Access-Client-Secret": "wrong" };
    await assert.rejects(connect(url("support"), wrong));
  });

  it("answers 522 or 1016 without its DNS record, and 522 with a wrong one", async () => {
    const zones = await send(emulator(), "GET", "/zones?name=harborlane.example");
    const zone = object(list(zones.body["result"])[0])["id"];
    const records = await send(emulator(), "GET", `/zones/${zone}/dns_records`);
    const record = list(records.body["result"])
      .map(object)
      .find(({ name }) => name === "support-mcp.harborlane.example");
    const path = `/zones/${zone}/dns_records/${record?.["id"]}`;
    await send(emulator(), "PUT", path, { ...record, proxied: false });
    assert.equal((await fetch(url("support"))).status, 522);
    await send(emulator(), "DELETE", path);
    assert.equal((await fetch(url("support"))).status, 522);
    emulator().control.switches({ all: { portalWithoutDns: "1016" } });
    const missing = await fetch(url("support"));
    assert.equal(missing.status, 530);
    assert.match(await missing.text(), /error code: 1016/);
    const { id: _id, ...body } = object(record);
    await send(emulator(), "POST", `/zones/${zone}/dns_records`, body);
    assert.equal((await fetch(url("support"), { method: "POST", body: "{}" })).status, 401);
  });

  it("has no sign-in without an Access application of its own, and refuses other people", async () => {
    const other = await fetch(
      `${await issuerOf(url("support"))}/authorize?login_hint=x@other.example`,
    );
    assert.equal(other.status, 400);
    await assert.rejects(signIn(url("support"), "somebody@other.example"), /does not have access/);
    await send(emulator(), "DELETE", await appOf("Support"));
    const refused = await fetch(url("support"), { method: "POST", body: "{}" });
    assert.equal(refused.status, 403);
  });

  it("registers only clients whose redirect URI the application allows", async () => {
    const issuer = await issuerOf(url("support"));
    for (const [redirect, error] of [
      ["https://vscode.dev/redirect", undefined],
      ["http://127.0.0.1:33418/", undefined],
      ["http://localhost:1234/callback", undefined],
      ["https://evil.example/callback", "invalid_redirect_uri"],
      ["https://vscode.dev/redirect/other", "invalid_redirect_uri"],
    ] as const) {
      assert.equal((await register(issuer, redirect))["error"], error, redirect);
    }
  });

  it("takes a code once, from its client, with the right verifier", async () => {
    const issuer = await issuerOf(url("support"));
    const { client_id } = await register(issuer, "http://127.0.0.1:1/");
    const body = new URLSearchParams({
      grant_type: "authorization_code",
      code: "made-up",
      client_id: String(client_id),
      redirect_uri: "http://127.0.0.1:1/",
      code_verifier: "x",
    });
    const refused = await fetch(`${issuer}/token`, { method: "POST", body });
    assert.deepEqual(
      [refused.status, object(await refused.json())["error"]],
      [400, "invalid_grant"],
    );
  });

  it("holds a token to its portal and to an hour", async () => {
    const token = await signIn(url("support"));
    const headers = { authorization: `Bearer ${token}` };
    await assert.rejects(connect(url("engineering"), headers));
    await connect(url("support"), headers);
    emulator().control.advance(3_601_000);
    await assert.rejects(connect(url("support"), headers));
  });

  it("toggles servers for one visitor", async () => {
    const client = await asUser(url("support"));
    const args = { server_id: "shop", action: "untoggle" };
    const words = await said(client, "portal_toggle_single_server", args);
    assert.equal(words, "- Shop (shop): ✗ disabled\n- Tickets (tickets): ✓ enabled");
    assert(!(await toolNames(client)).some((name) => name.startsWith("shop_")));
    await said(client, "portal_toggle_single_server", { ...args, action: "toggle" });
    assert((await toolNames(client)).includes("shop_get_order"));
  });

  it("lists nothing to a fresh user by a switch, until servers are chosen", async () => {
    emulator().control.switches({ all: { freshUserTools: "native" } });
    const client = await asUser(url("support"));
    assert.deepEqual(await toolNames(client), NATIVE);
    await said(client, "portal_toggle_single_server", { server_id: "shop", action: "toggle" });
    assert((await toolNames(client)).includes("shop_get_order"));
  });

  it("shows new names only to a session that began after the change", async () => {
    const before = await asUser(url("support"));
    await call(emulator(), "PUT", "/portals/support", {
      servers: [{ server_id: "shop", updated_tools: [{ name: "get_order", alias: "one_order" }] }],
    });
    assert((await toolNames(before)).includes("shop_get_order"));
    assert((await toolNames(await asUser(url("support")))).includes("shop_one_order"));
  });

  const ways: readonly [string, string, readonly string[]][] = [
    ["support", "?optimize_context=search_and_execute", ["portal_query_tools", "portal_execute"]],
    ["engineering", "", ["portal_codemode_search", "portal_codemode_execute"]],
  ];
  for (const [portal, query, expected] of ways) {
    it(`lists for ${portal}${query} only two tools beside its own`, async () => {
      const client = await asUser(`${url(portal)}${query}`);
      assert.deepEqual(await toolNames(client), [...NATIVE, ...expected]);
      emulator().control.switches({ all: { nativeTools: "plain" } });
      assert.deepEqual(await toolNames(client), expected);
    });
  }

  it("finds and runs tools by portal_query_tools and portal_execute", async () => {
    const client = await asUser(`${url("support")}?optimize_context=search_and_execute`);
    const found = JSON.parse(await said(client, "portal_query_tools", { query: "search_tickets" }));
    assert.deepEqual(
      list(found).map((tool) => object(tool)["name"]),
      ["tickets_search_tickets"],
    );
    const args = { tool: "tickets_search_tickets", arguments: { query: "x" } };
    assert.match(await said(client, "portal_execute", args), /OPS-142/);
  });

  it("lists names alone with minimize_tools", async () => {
    const client = await asUser(`${url("support")}?optimize_context=minimize_tools`);
    const { tools } = await client.listTools();
    assert(tools.some(({ name }) => name === "portal_query_tools"));
    const order = tools.find(({ name }) => name === "shop_get_order");
    assert.deepEqual(order, { name: "shop_get_order", inputSchema: { type: "object" } });
  });

  it("turns hyphens into underscores in Code Mode", async () => {
    await call(emulator(), "PUT", "/portals/support", {
      code_mode: "enforced",
      servers: [{ server_id: "back-office" }],
    });
    const client = await asUser(url("support"));
    const found = JSON.parse(await said(client, "portal_codemode_search", { query: "get_quote" }));
    assert.equal(object(list(found)[0])["name"], "back_office_get_quote");
  });

  it("refuses web pages, and bodies of strangers that are too large", async () => {
    const headers = { origin: "https://evil.example" };
    assert.equal((await rawRequest(url("support"), "POST", headers, "{}")).status, 403);
    const issuer = await issuerOf(url("support"));
    const large = `{"redirect_uris":["${"x".repeat(100_000)}"]}`;
    assert.equal((await rawRequest(`${issuer}/register`, "POST", {}, large)).status, 413);
    const told = { expect: "100-continue", "content-length": "10" };
    const stranger = await rawRequest(url("support"), "POST", told, "0123456789");
    assert.deepEqual([stranger.status, stranger.wasAskedForBody], [401, false]);
  });

  it("speaks the stateless protocol of 2026 too, and 2025's without a session", async () => {
    const authorization = `Bearer ${await signIn(url("support"))}`;
    const transport = new StreamableHTTPClientTransport(new URL(url("support")), {
      requestInit: { headers: { authorization } },
    });
    const client = new Client(
      { name: "test", version: "1" },
      { versionNegotiation: { mode: "auto" } },
    );
    await client.connect(transport);
    clients.push(client);
    assert.equal(client.getNegotiatedProtocolVersion(), "2026-07-28");
    assert.equal(transport.sessionId, undefined);
    assert((await toolNames(client)).includes("shop_get_order"));
    const plain = await fetch(url("support"), {
      method: "POST",
      headers: {
        authorization,
        "content-type": "application/json",
        accept: "application/json, text/event-stream",
      },
      body: '{"jsonrpc":"2.0","id":1,"method":"tools/list"}',
    });
    assert.equal(plain.headers.get("mcp-session-id"), null);
    assert.match(await plain.text(), /shop_get_order/);
  });

  it("ends a session that nobody knows with 404", async () => {
    const token = await signIn(url("support"));
    const headers = { authorization: `Bearer ${token}`, "mcp-session-id": "unknown" };
    const reply = await fetch(url("support"), { method: "POST", headers, body: "{}" });
    assert.equal(reply.status, 404);
  });
});
