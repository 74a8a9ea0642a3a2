import { deepEqual, equal, match, ok } from "node:assert/strict";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { readLock } from "../../../src/domain/review/lockFile.ts";
import { emulatorPerTest } from "../emulator/support/calling.ts";
import { onFailingDisk } from "../support/failingDisk.ts";
import { workIn } from "./support/workFolder.ts";

describe("mcp-portals pull", function () {
  this.timeout(60_000);
  const emulator = emulatorPerTest({ seed: "demo" });
  const the = workIn(emulator);

  it("writes servers, portals, schemas and the lock file, and nothing the second time", async () => {
    const first = await the.run("pull");
    equal(first.stderr, "");
    equal(first.status, 0);
    match(first.stdout, /^servers\/docs\.mcp-server\.json: new$/mu);
    match(first.stdout, /^10 servers, 2 portals: 17 files written\.\n$/mu);
    deepEqual((await readdir(the.folder)).sort(), [
      "mcp-portals.lock.json",
      "portals",
      "schemas",
      "servers",
    ]);
    const again = await the.run("pull");
    deepEqual(again, {
      status: 0,
      stdout: "10 servers, 2 portals: 0 files written.\n",
      stderr: "",
    });
  });

  it("writes a server as its document, with the URL, the authentication and a relative schema", async () => {
    await the.run("pull");
    const text = await the.read("servers/docs.mcp-server.json");
    const lines = text.split("\n");
    equal(lines[1], '  "$schema": "../schemas/mcp-server.schema.json",');
    ok(lines.includes('  "hostname": "https://docs.harborlane.example/mcp",'));
    ok(lines.includes('  "auth_type": "unauthenticated",'));
    ok(lines.includes('    "search_docs": { "enabled": true },'));
    await readFile(join(the.folder, "servers", "../schemas/mcp-server.schema.json"));
  });

  it("only reads", async () => {
    emulator().control.clearLog();
    await the.run("pull");
    deepEqual(
      [
        ...new Set(
          emulator()
            .control.log()
            .map(({ method }) => method),
        ),
      ],
      ["GET"],
    );
  });

  it("keeps comments and order of a file, and takes over what changed at Cloudflare", async () => {
    await the.run("pull");
    await the.edit("servers/docs.mcp-server.json", (text) =>
      text.replace('    "search_docs"', '    // The one that people want\n    "search_docs"'),
    );
    emulator().control.write({ server: "docs", patch: { description: "Elsewhere" } });
    const { stdout } = await the.run("pull");
    match(stdout, /^servers\/docs\.mcp-server\.json: changed$/mu);
    const text = await the.read("servers/docs.mcp-server.json");
    match(text, /\/\/ The one that people want\n {4}"search_docs"/u);
    match(text, /"description": "Elsewhere"/u);
  });

  it("removes the file of what was pulled and is gone, and keeps that of what is still to be made", async () => {
    await the.run("pull");
    await the.write("servers/new.mcp-server.json", '{ "name": "New" }');
    await the.send("DELETE", "servers/crm");
    const { stdout } = await the.run("pull");
    match(stdout, /^servers\/crm\.mcp-server\.json: removed, because the account has it no/mu);
    const files = await readdir(join(the.folder, "servers"));
    equal(files.includes("crm.mcp-server.json"), false);
    equal(files.includes("new.mcp-server.json"), true);
  });

  it("keeps what it sees first as not reviewed, and accepts nothing later", async () => {
    await the.run("pull");
    const before = await the.read("mcp-portals.lock.json");
    const read = readLock(before);
    ok("lock" in read);
    equal(read.lock.accepted.get("docs")?.reviewed, false);
    equal(read.lock.accepted.get("docs")?.tools.size, 4);
    await the.send("POST", "servers/docs/sync");
    emulator().control.write({ server: "docs", patch: { tools: [] } });
    await the.run("pull");
    const after = readLock(await the.read("mcp-portals.lock.json"));
    ok("lock" in after);
    deepEqual(after.lock.accepted, read.lock.accepted);
  });

  it("writes no secret of a URL, and no credential", async () => {
    const hostname = "https://ada:hunter2@docs.example/mcp?key=hunter3";
    emulator().control.write({ server: "docs", patch: { hostname } });
    const { stdout, stderr } = await the.run("pull");
    const files = await readdir(the.folder, { recursive: true, withFileTypes: true });
    const texts = await Promise.all(
      files
        .filter((each) => each.isFile())
        .map(({ parentPath, name }) => readFile(join(parentPath, name), "utf8")),
    );
    for (const secret of ["hunter2", "hunter3", emulator().token]) {
      for (const text of [...texts, stdout, stderr]) {
        equal(text.includes(secret), false);
      }
    }
  });

  it("prints JSON for programs with --json", async () => {
    const { stdout } = await the.run("pull", "--json");
    const { files } = JSON.parse(stdout);
    deepEqual(files[0], { path: "servers/tickets.mcp-server.json", how: "added" });
  });

  const refused: readonly (readonly [string, string, string, string])[] = [
    [
      "isn't JSON",
      "servers/docs.mcp-server.json",
      "{\n  nothing\n}",
      "servers/docs.mcp-server.json:2: This isn't JSON.\n",
    ],
    [
      "has a key that isn't defined",
      "portals/support.mcp-portal.json",
      '{\n  "nmae": "Support"\n}',
      'portals/support.mcp-portal.json:2: "nmae" isn\'t defined here.\n',
    ],
    [
      "has another id than its name",
      "servers/docs.mcp-server.json",
      '{ "id": "wiki" }',
      'servers/docs.mcp-server.json:1: The file\'s name says that the id is "docs".\n',
    ],
    [
      "has a credential in it",
      "servers/docs.mcp-server.json",
      '{ "auth_credentials": "hunter2" }',
      `servers/docs.mcp-server.json:1: A credential never stands in a file: name a variable, as in "\${env:NAME}".\n`,
    ],
    [
      "is the second of one server",
      "servers/team/docs.mcp-server.json",
      "{}",
      "servers/team/docs.mcp-server.json:1: servers/docs.mcp-server.json is a file of docs too.\n",
    ],
    [
      "is a lock file with a merge conflict",
      "mcp-portals.lock.json",
      "{\n<<<<<<< HEAD\n}",
      "mcp-portals.lock.json:2: It has a merge conflict. Resolve it, then try again.\n",
    ],
    [
      "is a lock file of a newer version",
      "mcp-portals.lock.json",
      '{ "version": 2 }',
      "mcp-portals.lock.json:1: A newer mcp-portals has written it. Update this one.\n",
    ],
    [
      "is a lock file that somebody edited",
      "mcp-portals.lock.json",
      '{ "version": 1 }',
      "mcp-portals.lock.json:1: It isn't as mcp-portals has written it. Take it back from version control, or delete it and pull again.\n",
    ],
    [
      "is a lock file of 50 MB",
      "mcp-portals.lock.json",
      " ".repeat(50_000_000),
      "mcp-portals.lock.json:1: It is larger than any lock that mcp-portals writes.\n",
    ],
  ];
  for (const [what, path, text, stderr] of refused) {
    it(`writes nothing where a file ${what}, and says so with file and line`, async () => {
      await the.write("servers/docs.mcp-server.json", "{}");
      await the.write(path, text);
      deepEqual(await the.run("pull"), { status: 1, stdout: "", stderr });
      equal(await the.read(path), text);
      const files = await readdir(the.folder, { recursive: true });
      equal(files.includes("schemas"), false);
    });
  }

  it("writes nothing over the lock file of another account", async () => {
    await the.run("pull");
    const text = await the.read("mcp-portals.lock.json");
    const other = text.replace(emulator().accountId, "f".repeat(32));
    await the.write("mcp-portals.lock.json", other);
    deepEqual(await the.run("pull"), {
      status: 1,
      stdout: "",
      stderr: `mcp-portals.lock.json:1: It is of another account: ${"f".repeat(32)}, and not ${emulator().accountId}.\n`,
    });
    equal(await the.read("mcp-portals.lock.json"), other);
  });

  it("ends with 2 for a wrong token, an account that isn't there and an API that isn't", async () => {
    const wrong = await the.runWith({ CLOUDFLARE_API_TOKEN: "wrong" }, "pull");
    equal(wrong.status, 2);
    match(wrong.stderr, /^Cloudflare doesn't accept the credential in the environment\./);
    const elsewhere = await the.runWith({ CLOUDFLARE_ACCOUNT_ID: "f".repeat(32) }, "pull");
    equal(elsewhere.status, 2);
    match(elsewhere.stderr, /^[^\n]+\n$/);
    const unsafe = await the.run("pull", "--api-base-url", "http://api.example.com");
    equal(unsafe.status, 2);
    match(unsafe.stderr, /^Nothing was sent: --api-base-url has to start with https/);
    deepEqual(await readdir(the.folder), []);
  });

  it("ends with 2 where a server can't be read, since its file would look like one too many", async () => {
    emulator().control.switches({
      faults: [
        { kind: "status", status: 503, match: { method: "GET", path: "/servers", count: 9 } },
      ],
    });
    const { status, stdout } = await the.run("pull");
    deepEqual({ status, stdout }, { status: 2, stdout: "" });
  });

  it("works in the folder that is named", async () => {
    await mkdir(dirname(join(the.folder, "at/work")), { recursive: true });
    await the.run("pull", "at/work");
    await readFile(join(the.folder, "at/work/servers/docs.mcp-server.json"));
    await rm(join(the.folder, "at"), { recursive: true });
    await writeFile(join(the.folder, "at"), "");
    const { status, stderr } = await the.run("pull", "at/work");
    equal(status, 2);
    // Both of its folders are read at once.
    match(
      stderr,
      /^at\/work\/(?:servers|portals) couldn't be read or written: a file is in the folder's place\. The command ended there\.\n$/u,
    );
  });
});

describe("mcp-portals on a disk that takes nothing", () => {
  const emulator = emulatorPerTest({ seed: "demo" });
  const the = workIn(emulator);
  const reasons = [
    ["ENOSPC", "the disk is full"],
    ["EROFS", "the disk is read-only"],
    ["EISDIR", "a folder is in the file's place"],
    ["EACCES", "permission denied"],
  ] as const;
  for (const [code, reason] of reasons) {
    it(`ends with 2 and says in our words where it was, for ${code}`, () =>
      onFailingDisk(code, async () => {
        const { status, stderr } = await the.run("pull");
        equal(status, 2);
        match(stderr, /^servers\/[\w-]+\.mcp-server\.json couldn't be read or written: /u);
        ok(stderr.endsWith(`: ${reason}. The command ended there.\n`), stderr);
      }));
  }
});
