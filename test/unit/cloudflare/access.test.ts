import { deepEqual, equal, ok as truthy } from "node:assert/strict";
import { ok, send, sendJson } from "./support/answers.ts";
import { failure, type SetUp, setUp, token } from "./support/setUp.ts";

const METADATA = 'Bearer resource_metadata="http://127.0.0.1/.well-known/oauth-protected-resource"';

describe("Access applications as Cloudflare sends them", () => {
  let the: SetUp;
  let result: unknown;

  beforeEach(async () => {
    the = await setUp((socket) => sendJson(socket, ok(result, { total_count: 1 })));
  });
  afterEach(() => the.close());

  const only = async () => {
    const { items, rejected } = await the.api.listAccessApps();
    return { app: items[0], rejected };
  };

  it("may lack everything but id and type", async () => {
    result = [{ id: "a", type: "mcp_portal" }];
    deepEqual((await only()).app, {
      id: "a",
      name: "a",
      type: "mcp_portal",
      domain: undefined,
      serverIds: [],
      oauth: undefined,
      policies: undefined,
      received: { id: "a", type: "mcp_portal" },
    });
  });

  it("keep rules that nobody knows, and those whose shape is another", async () => {
    const include = [
      { email: { email: "ann@example.com" } },
      { email: "ann@example.com" },
      { github: { name: "org" } },
      { everyone: {}, geo: {} },
      {},
    ];
    result = [{ id: "a", type: "mcp", policies: [{ decision: "allow", include }] }];
    deepEqual((await only()).app?.policies?.[0]?.include, [
      { kind: "email", email: "ann@example.com" },
      { kind: "other", name: "email" },
      { kind: "other", name: "github" },
      { kind: "other", name: "everyone" },
      { kind: "other", name: "" },
    ]);
  });

  it("may hold the ids of policies alone, which are then read by themselves", async () => {
    result = [{ id: "a", type: "mcp", policies: ["p1"] }];
    equal((await only()).app?.policies, undefined);
    result = [{ id: "p1", name: "Staff", decision: "allow", include: [{ everyone: {} }] }];
    const [policy] = await the.api.listAccessPolicies("a");
    deepEqual(policy?.include, [{ kind: "everyone" }]);
    truthy(the.server.requests.at(-1)?.target.includes("/access/apps/a/policies?"));
  });

  it("of other types are of no interest, whatever their shape", async () => {
    result = [{ id: "a", type: "bookmark", destinations: "?", policies: [1] }];
    deepEqual((await only()).app?.serverIds, []);
  });

  it("are told apart where one has another shape", async () => {
    result = [{ id: "a", type: "mcp", destinations: "?" }];
    const { app, rejected } = await only();
    equal(app, undefined);
    equal(rejected[0]?.id, "a");
  });
});

describe("A probe of a portal", () => {
  let the: SetUp;
  let addresses: (origin: string) => unknown;

  beforeEach(async () => {
    addresses = (origin) => ({ main: `${origin}/portals/main/mcp` });
    the = await setUp((socket, request) => {
      if (request.target === "/__emulator/portals") {
        sendJson(socket, addresses(new URL(the.server.root).origin));
      } else {
        send(socket, 401, "", { "www-authenticate": METADATA });
      }
    });
  });
  afterEach(() => the.close());

  const portal = { id: "main", hostname: "mcp.example.com" };

  it("asks the emulator's portal once, without the credential", async () => {
    deepEqual(await the.api.probePortal(portal), { kind: "portal" });
    const [first, second, third] = the.server.requests;
    equal(first?.headers.get("authorization"), `Bearer ${token}`);
    equal(second?.target, "/portals/main/mcp");
    equal(second?.headers.get("authorization"), undefined);
    equal(third, undefined);
  });

  it("goes to no other machine", async () => {
    for (const address of ["http://192.0.2.1/mcp", "https://mcp.example.com/mcp", 1, undefined]) {
      addresses = () => ({ main: address });
      equal((await failure(the.api.probePortal(portal))).reason, "wrongShape");
    }
    addresses = () => ({ constructor: "http://127.0.0.1/mcp" });
    await failure(the.api.probePortal({ ...portal, id: "toString" }));
  });

  it("sends nothing to a host that isn't a public name", async () => {
    const { connector } = the;
    const connection = connector.connect({
      apiRoot: "https://api.cloudflare.invalid/client/v4",
      credential: { kind: "token", token },
      userAgent: "test/1",
    });
    const api = connection.client("0".repeat(32));
    for (const hostname of [
      "localhost",
      "127.0.0.1",
      "10.0.0.1",
      "x@mcp.example.com",
      "a/b.com",
      "a.com:8080",
      "",
    ]) {
      equal(
        (await failure(api.probePortal({ id: "main", hostname }))).reason,
        "wrongShape",
        hostname,
      );
    }
    await connection.close();
  });
});
