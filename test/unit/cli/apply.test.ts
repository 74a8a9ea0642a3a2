import { deepEqual, equal, match, ok } from "node:assert/strict";
import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { emulatorPerTest } from "../emulator/support/calling.ts";
import { workIn } from "./support/workFolder.ts";

const DOCS = "servers/docs.mcp-server.json";
const SHOP = "servers/shop.mcp-server.json";
const LOCK = "mcp-portals.lock.json";

describe("mcp-portals apply", function () {
  this.timeout(60_000);
  const emulator = emulatorPerTest({ seed: "demo" });
  const the = workIn(emulator);
  beforeEach(async () => {
    await the.run("pull");
    emulator().control.clearLog();
  });

  const writes = () =>
    emulator()
      .control.log()
      .filter(({ method }) => method !== "GET")
      .map(({ method, path }) => `${method} ${path.replace(/.*\/mcp\//u, "")}`);
  const docs = () =>
    emulator()
      .control.state()[0]
      ?.servers.find(({ id }) => id === "docs");
  const describeDocs = (description: string) =>
    the.edit(DOCS, (text) =>
      text.replace(/"description": ".*?"/u, `"description": "${description}"`),
    );

  it("makes the account as the files say, with one write for each resource, and nothing twice", async () => {
    await describeDocs("Ours");
    const first = await the.run("apply", "--yes");
    equal(first.stderr, "");
    equal(first.status, 0);
    match(first.stdout, /^\[1\/1\] servers\/docs\.mcp-server\.json: saved description$/mu);
    equal(docs()?.description, "Ours");
    deepEqual(writes(), ["PUT servers/docs"]);
    const again = await the.run("apply", "--yes");
    deepEqual(again, { status: 0, stdout: "The account is as the files say.\n", stderr: "" });
    deepEqual(writes(), ["PUT servers/docs"]);
  });

  it("creates a portal from a file that lists only what it overrides, and nothing twice", async () => {
    await the.write(
      "portals/newcomers.mcp-portal.json",
      `{
  "name": "Newcomers",
  "hostname": "new.harborlane.example",
  // Of prompts it says nothing.
  "servers": { "docs": { "tools": { "search_docs": { "enabled": true, "alias": "look" } } } }
}
`,
    );
    equal((await the.run("apply", "--yes")).status, 0);
    deepEqual(writes(), ["POST portals"]);
    const again = await the.run("apply", "--yes");
    deepEqual(again, { status: 0, stdout: "The account is as the files say.\n", stderr: "" });
    deepEqual(writes(), ["POST portals"]);
  });

  it("writes nothing and ends with 2 where nobody can be asked", async () => {
    await describeDocs("Ours");
    const { status, stderr } = await the.runIn({}, "apply");
    equal(status, 2);
    match(stderr, /^Nothing was written: nobody can be asked here\. Pass --yes/);
    deepEqual(writes(), []);
  });

  it("brings back what somebody changed elsewhere", async () => {
    emulator().control.write({
      server: "docs",
      patch: { description: "Theirs", updated_tools: [{ name: "get_page", enabled: false }] },
    });
    const plan = await the.run("plan");
    match(plan.stdout, /^-.*"description": "Theirs"/mu);
    equal((await the.run("apply", "--yes")).status, 0);
    match(String(docs()?.description), /^The product's documentation/);
    deepEqual(docs()?.updated_tools, [{ name: "get_page", enabled: true }]);
    equal((await the.run("plan")).status, 0);
  });

  it("leaves a field alone that both the file and somebody else changed since the pull", async () => {
    await describeDocs("Ours");
    emulator().control.write({ server: "docs", patch: { description: "Theirs" } });
    const conflict = `${DOCS}: description has become "Theirs" meanwhile; yours is "Ours".`;
    const plan = await the.run("plan");
    ok(plan.stdout.includes(conflict), plan.stdout);
    match(plan.stdout, /^0 to create, 1 to change, 0 to delete, 1 conflict$/mu);
    for (let round = 0; round < 2; round += 1) {
      const { status, stderr } = await the.run("apply", "--yes");
      deepEqual({ status, stderr }, { status: 1, stderr: `${conflict}\n` });
      equal(docs()?.description, "Theirs");
    }
    equal((await the.run("apply", "--yes", "--force")).status, 0);
    equal(docs()?.description, "Ours");
  });

  it("creates a server with its overrides, syncs it, and then the portal that has it", async () => {
    await the.write(
      "servers/shop-two.mcp-server.json",
      `{
  "name": "Second Shop", // for tests
  "hostname": "https://shop.harborlane.example/mcp",
  "auth_type": "unauthenticated",
  "tools": { "refund_order": { "enabled": false } }
}
`,
    );
    await the.write(
      "portals/two.mcp-portal.json",
      `{
  "name": "Two",
  "hostname": "two.harborlane.example",
  "servers": { "shop-two": { "tools": { "search_products": { "alias": "look" } } } }
}
`,
    );
    const { status, stdout, stderr } = await the.run("apply", "--yes");
    deepEqual({ status, stderr }, { status: 0, stderr: "" });
    match(stdout, /^\[1\/2\] servers\/shop-two\.mcp-server\.json: created and synced$/mu);
    match(stdout, /^\[2\/2\] portals\/two\.mcp-portal\.json: created$/mu);
    deepEqual(writes(), ["POST servers", "POST servers/shop-two/sync", "POST portals"]);
    const portal = emulator()
      .control.state()[0]
      ?.portals.find(({ id }) => id === "two");
    deepEqual(
      portal?.servers.map(({ server_id, updated_tools }) => [server_id, updated_tools]),
      [["shop-two", [{ name: "search_products", alias: "look" }]]],
    );
    equal((await the.run("plan")).status, 0);
  });

  it("deletes with --prune what has no file, portals first", async () => {
    await rm(join(the.folder, "portals", "support.mcp-portal.json"));
    await rm(join(the.folder, "servers", "wiki.mcp-server.json"));
    equal((await the.run("apply", "--yes")).status, 0);
    deepEqual(writes(), []);
    const { status, stdout } = await the.run("apply", "--yes", "--prune");
    equal(status, 0);
    match(stdout, /^\[1\/2\] portals\/support\.mcp-portal\.json: deleted$/mu);
    deepEqual(writes(), ["DELETE portals/support", "DELETE servers/wiki"]);
    equal((await the.read(LOCK)).includes('"name": "Wiki"'), false);
  });

  it("sends a credential from the environment with --credentials alone, and writes it nowhere", async () => {
    const path = "servers/tickets.mcp-server.json";
    await the.edit(path, (text) =>
      text.replace(
        '"auth_type": "bearer",',
        `"auth_type": "bearer", "auth_credentials": "\${env:TICKETS}",`,
      ),
    );
    equal((await the.run("apply", "--yes")).status, 0);
    deepEqual(writes(), []);
    const missing = await the.run("apply", "--yes", "--credentials");
    deepEqual(missing, {
      status: 1,
      stdout: "",
      stderr: `${path}:5: The variable TICKETS isn't set.\n`,
    });
    const environment = { TICKETS: "hunter2-secret" };
    const sent = await the.runWith(environment, "apply", "--yes", "--credentials");
    equal(sent.status, 0);
    match(sent.stdout, /^\[1\/1\] servers\/tickets\.mcp-server\.json: sent its credential$/mu);
    deepEqual(writes(), ["PUT servers/tickets"]);
    const files = await readdir(the.folder, { recursive: true, withFileTypes: true });
    const texts = await Promise.all(
      files
        .filter((each) => each.isFile())
        .map(({ parentPath, name }) => readFile(join(parentPath, name), "utf8")),
    );
    for (const text of [...texts, sent.stdout, sent.stderr]) {
      equal(text.includes("hunter2"), false);
    }
  });

  it("says what Cloudflare didn't take, and ends with 1", async () => {
    await describeDocs("Ours");
    emulator().control.switches({ all: { ignoreFields: ["description"] } });
    const { status, stderr } = await the.run("apply", "--yes");
    equal(status, 1);
    match(stderr, /Cloudflare didn't set description to "Ours"; it is "The product/);
  });

  it("ends with 2 and a sentence for a token that may only read", async () => {
    await describeDocs("Ours");
    const environment = { CLOUDFLARE_API_TOKEN: emulator().readOnlyToken };
    const { status, stderr } = await the.runWith(environment, "apply", "--yes");
    equal(status, 2);
    match(
      stderr,
      /^servers\/docs\.mcp-server\.json: description wasn't saved\. .*MCP Portals Write/,
    );
  });

  it("tells what was written and what wasn't where the network fails in the middle", async () => {
    await describeDocs("Ours");
    for (const id of ["shop", "wiki"]) {
      await the.edit(`servers/${id}.mcp-server.json`, (text) =>
        text.replace(/"description": ".*?"/u, '"description": "Ours"'),
      );
    }
    emulator().control.switches({
      faults: [{ kind: "reset", match: { path: "/servers/shop$", count: 99 } }],
    });
    const { status, stdout, stderr } = await the.run("apply", "--yes");
    equal(status, 2);
    match(stdout, /^\[1\/3\] servers\/docs\.mcp-server\.json: saved description$/mu);
    match(
      stderr,
      /^Given up: written were servers\/docs\.mcp-server\.json; not written were servers\/wiki\.mcp-server\.json\.$/mu,
    );
    emulator().control.resetSwitches();
    equal((await the.run("apply", "--yes")).status, 0);
    equal((await the.run("plan")).status, 0);
  });

  it("interrupted, ends after the write under way and says what was written", async () => {
    for (const id of ["docs", "shop", "wiki"]) {
      await the.edit(`servers/${id}.mcp-server.json`, (text) =>
        text.replace(/"description": ".*?"/u, '"description": "Ours"'),
      );
    }
    const { status, stderr } = await the.runIn({ interruptAt: "[1/3]" }, "apply", "--yes");
    equal(status, 2);
    match(
      stderr,
      /^Interrupted: written were servers\/docs\.mcp-server\.json(?:, servers\/shop[^;]*)?; not/mu,
    );
  });

  it("keeps both changes where somebody else writes another field at that moment", async () => {
    await describeDocs("Ours");
    emulator().control.switches({
      interventions: [
        {
          match: { method: "GET", path: "/servers/docs$" },
          when: "before",
          write: { server: "docs", patch: { name: "Theirs" } },
        },
      ],
    });
    equal((await the.run("apply", "--yes")).status, 0);
    deepEqual([docs()?.name, docs()?.description], ["Theirs", "Ours"]);
  });

  const bad: readonly (readonly [string, string, string, RegExp])[] = [
    ["isn't JSON", SHOP, "{\n  nothing\n}", /^servers\/shop[^\n]+:2: This isn't JSON\.\n$/u],
    [
      "has a key that isn't defined",
      SHOP,
      '{\n"nmae": "S"\n}',
      /^servers\/shop[^\n]+:2: [^\n]+\n$/u,
    ],
    [
      "has another id than its name",
      SHOP,
      '{ "id": "wiki" }',
      /^servers\/shop[^\n]+:1: [^\n]+\n$/u,
    ],
    [
      "is the second of one server",
      "servers/more/shop.mcp-server.json",
      "{}",
      /^servers\/shop\.mcp-server\.json:1: servers\/more\/shop[^\n]+ is a file of shop too\.\n$/u,
    ],
    [
      "maps a server that neither exists nor has a file",
      "portals/support.mcp-portal.json",
      '{ "servers": {\n"nowhere": {} } }',
      /^portals\/support[^\n]+:2: The account has no server "nowhere"\.\n$/u,
    ],
  ];
  for (const [what, path, text, stderr] of bad) {
    it(`writes nothing at all where one of the files ${what}, and says so in one sentence`, async () => {
      await describeDocs("Ours");
      await the.write(path, text);
      const before = await the.read(LOCK);
      const ran = await the.run("apply", "--yes", "--prune");
      deepEqual({ status: ran.status, stdout: ran.stdout }, { status: 1, stdout: "" });
      match(ran.stderr, stderr);
      deepEqual(writes(), []);
      equal(await the.read(LOCK), before);
    });
  }

  const nobody: readonly (readonly [string, Readonly<Record<string, string>>, RegExp])[] = [
    ["a token", { CLOUDFLARE_API_TOKEN: "" }, /^There is no credential: set [^\n]+\n$/u],
    [
      "a token that Cloudflare takes",
      { CLOUDFLARE_API_TOKEN: "wrong" },
      /^Cloudflare doesn't accept the credential in the environment\.[^\n]*\n$/u,
    ],
    [
      "an account that is there",
      { CLOUDFLARE_ACCOUNT_ID: "f".repeat(32) },
      /^This credential may not do that here\.[^\n]*\n$/u,
    ],
  ];
  for (const [what, environment, stderr] of nobody) {
    it(`writes nothing and says so in one sentence without ${what}`, async () => {
      await describeDocs("Ours");
      await rm(join(the.folder, LOCK));
      const ran = await the.runWith(environment, "apply", "--yes");
      deepEqual({ status: ran.status, stdout: ran.stdout }, { status: 2, stdout: "" });
      match(ran.stderr, stderr);
      deepEqual(writes(), []);
      ok(!(await readdir(the.folder)).includes(LOCK));
    });
  }

  it("leaves the lock of another account alone, and the account too", async () => {
    await describeDocs("Ours");
    await the.edit(LOCK, (text) => text.replace(emulator().accountId, "f".repeat(32)));
    const before = await the.read(LOCK);
    equal((await the.run("apply", "--yes")).status, 1);
    equal(await the.read(LOCK), before);
    deepEqual(writes(), []);
  });
});
