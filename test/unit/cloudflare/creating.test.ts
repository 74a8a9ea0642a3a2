import { deepEqual, equal } from "node:assert/strict";
import { allowPolicy, serverApp } from "../../../src/domain/access/newAccess.ts";
import { portalRecord } from "../../../src/domain/access/newDnsRecord.ts";
import type { CloudflareClient } from "../../../src/domain/cloudflareClient.ts";
import { ok, refused, sendJson } from "./support/answers.ts";
import { account, failure, type SetUp, setUp } from "./support/setUp.ts";

const RECORD = portalRecord("mcp.example.com");
const APP = serverApp({ id: "docs", name: "Docs" });
const POLICY = allowPolicy({ kind: "domain", domain: "example.com" });

interface Case {
  readonly what: string;
  create(api: CloudflareClient): Promise<unknown>;
  readonly path: string;
  readonly body: unknown;
  readonly answer: Readonly<Record<string, unknown>>;
}

const CASES: readonly Case[] = [
  {
    what: "A DNS record",
    create: (api) => api.createDnsRecord("z1", RECORD),
    path: "/client/v4/zones/z1/dns_records",
    body: RECORD,
    answer: { ...RECORD, id: "r1" },
  },
  {
    what: "An Access application",
    create: (api) => api.createAccessApp(APP),
    path: `/client/v4/accounts/${account}/access/apps`,
    body: APP,
    answer: { ...APP, id: "a1" },
  },
  {
    what: "A policy",
    create: (api) => api.createAccessPolicy("a1", POLICY),
    path: `/client/v4/accounts/${account}/access/apps/a1/policies`,
    body: POLICY,
    answer: { ...POLICY, id: "p1" },
  },
];

for (const { what, create, path, body, answer } of CASES) {
  describe(`${what} that is created`, () => {
    let the: SetUp;
    afterEach(() => the.close());

    it("is sent as it is", async () => {
      the = await setUp((socket) => sendJson(socket, ok(answer), 201));
      const made = (await create(the.api)) as { readonly id: string };
      equal(made.id, answer["id"]);
      const [request] = the.server.requests;
      deepEqual([request?.method, request?.target], ["POST", path]);
      deepEqual(JSON.parse(String(request?.body)), body);
    });

    it("is sent once, whatever happens", async () => {
      the = await setUp((socket) => socket.resetAndDestroy());
      await failure(create(the.api));
      equal(the.server.requests.length, 1);
    });

    it("is refused to a token without the permission", async () => {
      the = await setUp((socket) => sendJson(socket, refused(10000, "Authentication error"), 403));
      equal((await failure(create(the.api))).kind, "forbidden");
    });

    it("isn't believed in where the answer has another shape", async () => {
      the = await setUp((socket) => sendJson(socket, ok({ id: 1 })));
      equal((await failure(create(the.api))).reason, "wrongShape");
    });
  });
}

describe("Access groups", () => {
  let the: SetUp;
  afterEach(() => the.close());

  it("are read with their rules, and by their id where they have no name", async () => {
    const groups = [
      { id: "g1", name: "All", include: [{ everyone: {} }] },
      { id: "g2", include: [{ geo: { country_code: "NL" } }] },
      { id: "g3", name: "Empty" },
    ];
    the = await setUp((socket) => sendJson(socket, ok(groups, { total_count: 3 })));
    deepEqual(await the.api.listAccessGroups(), [
      { id: "g1", name: "All", include: [{ kind: "everyone" }] },
      { id: "g2", name: "g2", include: [{ kind: "other", name: "geo" }] },
      { id: "g3", name: "Empty", include: [] },
    ]);
  });
});
