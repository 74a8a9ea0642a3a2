import { deepEqual, equal, ok } from "node:assert/strict";
import { Connector } from "../../../../src/cloudflare/connect.ts";
import type { CloudflareClient, Connection } from "../../../../src/domain/cloudflareClient.ts";
import type { LinkId, ReachQuestion } from "../../../../src/domain/reach/chain.ts";
import type { Reach } from "../../../../src/domain/reach/walkChain.ts";
import type { TokenOptions } from "../../../../src/emulator/identity.ts";
import { explain } from "../../../../src/engine/reach/explain.ts";
import { emulatorForAll, list, object, send } from "../../emulator/support/calling.ts";

const PORTAL = "engineering";
const STAFF = { email: "ann@harborlane.example" };

describe("Why users don't see a portal of the emulator", () => {
  const emulator = emulatorForAll({ seed: "demo" });
  const open: Connection[] = [];
  /** Undoes what a test broke. */
  const mends: (() => Promise<unknown>)[] = [];

  afterEach(async () => {
    for (const mend of mends.splice(0).reverse()) {
      await mend();
    }
    await Promise.all(open.splice(0).map((connection) => connection.close()));
  });

  const clientWith = (token: string) => {
    const { url, accountId } = emulator();
    const connection = new Connector().connect({
      apiRoot: url,
      credential: { kind: "token", token },
      userAgent: "test/1",
    });
    open.push(connection);
    return connection.client(accountId);
  };
  const explainBy = async (
    api: CloudflareClient,
    question: ReachQuestion = {},
    probe = false,
  ): Promise<Reach> => {
    const portal = await api.readPortal(PORTAL);
    const { items } = await api.listServers();
    const serverOf = (id: string) => items.find((server) => server.id === id);
    return explain(api, { portal, serverOf }, question, { probe });
  };
  const ask = (question: ReachQuestion = {}, probe = false): Promise<Reach> =>
    explainBy(clientWith(emulator().token), question, probe);
  const stateOf = ({ links }: Reach, id: LinkId) => links.find((link) => link.id === id)?.state;

  const call = async (method: string, path: string, body?: unknown) => {
    const reply = await send(emulator(), method, path, body);
    ok(reply.status < 300, `${method} ${path}: ${reply.status}`);
    return reply.body["result"];
  };
  const inAccount = (path: string) => `/accounts/${emulator().accountId}${path}`;
  const apps = async () => list(await call("GET", inAccount("/access/apps"))).map(object);
  const appOf = async (serverId: string) => {
    const found = (await apps()).find((app) =>
      JSON.stringify(app["destinations"] ?? []).includes(`"${serverId}"`),
    );
    ok(found !== undefined, `There is no application of ${serverId}.`);
    return found;
  };
  const zone = async () => String(object(list(await call("GET", "/zones"))[0])["id"]);

  const give = async (app: Record<string, unknown>, policy: object) => {
    const path = inAccount(`/access/apps/${String(app["id"])}/policies`);
    const made = object(await call("POST", path, policy));
    mends.push(() => call("DELETE", `${path}/${String(made["id"])}`));
  };
  const allowDocs = async () =>
    give(await appOf("docs"), {
      name: "Staff",
      decision: "allow",
      include: [{ email_domain: { domain: "harborlane.example" } }],
    });

  it("find the demo's hidden server, whose application has no Allow policy", async () => {
    const reach = await ask();
    equal(reach.headline, "Users don't see Docs: its Access application has no Allow policy.");
    equal(stateOf(reach, "dns"), "holds");
    equal(stateOf(reach, "portalApp"), "depends");
  });

  it("see nothing broken once it has one", async () => {
    await allowDocs();
    const reach = await ask({ serverId: "docs", ...STAFF, client: "vscode" });
    equal(reach.headline, "Nothing is broken. What is left depends on the user.");
    deepEqual(
      reach.links.map(({ state }) => state),
      [
        "holds",
        "holds",
        "holds",
        "holds",
        "holds",
        "holds",
        "holds",
        "depends",
        "depends",
        "holds",
      ],
    );
  });

  it("see a DNS record that is missing, and what the endpoint says then", async () => {
    await allowDocs();
    const zoneId = await zone();
    const records = list(await call("GET", `/zones/${zoneId}/dns_records`)).map(object);
    const record = records.find(({ name }) => name === "mcp.harborlane.example");
    ok(record !== undefined);
    await call("DELETE", `/zones/${zoneId}/dns_records/${String(record["id"])}`);
    const { type, name, content, proxied, ttl } = record;
    mends.push(() =>
      call("POST", `/zones/${zoneId}/dns_records`, { type, name, content, proxied, ttl }),
    );
    equal(
      (await ask()).headline,
      "Users can't reach Engineering: mcp.harborlane.example has no DNS record. It needs a proxied CNAME to gateway.agents.cloudflare.com.",
    );
    const dns = (await ask({}, true)).links[0];
    equal(
      dns?.found[1]?.sentence,
      "Users can't reach Engineering: mcp.harborlane.example answers with 522, as without the right DNS record.",
    );
  });

  it("probe the endpoint only when they are asked to", async () => {
    const api = clientWith(emulator().token);
    let probes = 0;
    const counting: typeof api = {
      ...api,
      probePortal(portal, options) {
        probes += 1;
        return api.probePortal(portal, options);
      },
    };
    await explainBy(counting);
    equal(probes, 0);
    const reach = await explainBy(counting, {}, true);
    equal(probes, 1);
    equal(reach.links[0]?.found[0]?.sentence, "The endpoint answers as a portal does.");
  });

  it("see an application that is gone", async () => {
    await allowDocs();
    const app = await appOf("tickets");
    await call("DELETE", inAccount(`/access/apps/${String(app["id"])}`));
    mends.push(() => call("POST", inAccount("/access/apps"), app));
    equal((await ask()).headline, "Users don't see Tickets: it has no Access application.");
  });

  it("see who isn't let in, by email and by service token", async () => {
    await allowDocs();
    const stranger = await ask({ email: "eve@elsewhere.example" });
    equal(
      stranger.headline,
      "eve@elsewhere.example can't sign in to Engineering: no policy of its Access application lets them in.",
    );
    const token = await ask({ serviceToken: "00000000-0000-0000-0000-000000000000" });
    equal(stateOf(token, "serviceToken"), "broken");
  });

  const tokenWith = (options: TokenOptions) =>
    emulator().control.addToken("narrow", options).secret;

  it("look at the rest without further permissions, and say which are missing", async () => {
    const narrow = await explainBy(clientWith(tokenWith({})));
    deepEqual(
      narrow.links.map(({ state }) => state),
      [
        "unknown",
        "unknown",
        "unknown",
        "unknown",
        "holds",
        "holds",
        "holds",
        "depends",
        "depends",
        "depends",
      ],
    );
    deepEqual(
      narrow.links.slice(0, 2).map(({ found }) => found[0]?.sentence),
      [
        "Your token lacks the permission “Zone Read”.",
        "Your token lacks the permission “Access: Apps and Policies Read”.",
      ],
    );
    const zones = await explainBy(clientWith(tokenWith({ grants: ["zone:read"] })));
    equal(zones.links[0]?.found[0]?.sentence, "Your token lacks the permission “DNS Read”.");
  });
});
