import { deepEqual, equal, match } from "node:assert/strict";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { emulatorPerTest } from "../emulator/support/calling.ts";
import { workIn } from "./support/workFolder.ts";

const DOCS = "servers/docs.mcp-server.json";
const SUPPORT = "portals/support.mcp-portal.json";

describe("mcp-portals plan", function () {
  this.timeout(60_000);
  const emulator = emulatorPerTest({ seed: "demo" });
  const the = workIn(emulator);
  beforeEach(async () => {
    await the.run("pull");
  });

  it("is empty after a pull, and ends with 0", async () => {
    deepEqual(await the.run("plan"), {
      status: 0,
      stdout: "The account is as the files say.\n",
      stderr: "",
    });
  });

  it("shows a unified diff and a summary, ends with 1 and writes nothing", async () => {
    await the.edit(DOCS, (text) =>
      text.replace('"search_docs": { ', '"search_docs": { "alias": "find", '),
    );
    emulator().control.clearLog();
    const { status, stdout, stderr } = await the.run("plan");
    equal(
      stdout,
      `--- a/${DOCS}
+++ b/${DOCS}
@@ -7,7 +7,7 @@
   "secure_web_gateway": false,
   "is_shared_oauth_callback_enabled": false,
   "tools": {
-    "search_docs": { "enabled": true },
+    "search_docs": { "enabled": true, "alias": "find" },
     "get_page": { "enabled": true },
     "list_sections": { "enabled": true },
     "suggest_edit": { "enabled": true }
0 to create, 1 to change, 0 to delete
`,
    );
    deepEqual({ status, stderr }, { status: 1, stderr: "" });
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

  it("prints JSON of a stable form with --json", async () => {
    await the.edit(DOCS, (text) =>
      text.replace('"search_docs": { ', '"search_docs": { "alias": "find", '),
    );
    const { stdout } = await the.run("plan", "--json");
    deepEqual(JSON.parse(stdout), {
      changes: [
        {
          action: "update",
          kind: "server",
          id: "docs",
          path: DOCS,
          fields: [{ path: ["tools", "search_docs", "alias"], from: null, to: "find" }],
          conflicts: [],
        },
      ],
      summary: { create: 0, update: 1, delete: 0, conflict: 0 },
    });
  });

  it("says which overrides go because the file doesn't list them", async () => {
    const path = "servers/observability.mcp-server.json";
    await the.edit(path, (text) => text.replace(/ {4}"query_logs".*\n/u, ""));
    const { stdout } = await the.run("plan");
    match(stdout, new RegExp(`^${path}: Not listed, so their overrides go: query_logs\\.$`, "mu"));
  });

  it("changes no mapping for a portal's file without its servers", async () => {
    await the.edit(SUPPORT, (text) => text.replace(/,\n {2}"servers": .*/su, "\n}\n"));
    equal((await the.run("plan")).status, 0);
  });

  it("leaves alone what has no file, and shows that it would be deleted with --prune", async () => {
    await rm(join(the.folder, SUPPORT));
    equal((await the.run("plan")).status, 0);
    const { stdout } = await the.run("plan", "--prune");
    match(stdout, new RegExp(`^--- a/${SUPPORT}\\n\\+\\+\\+ /dev/null$`, "mu"));
    match(stdout, /^0 to create, 0 to change, 1 to delete$/mu);
  });

  const refused: readonly (readonly [string, string, (text: string) => string, RegExp])[] = [
    [
      "has another URL than the server",
      DOCS,
      (text) => text.replace("https://docs.", "https://dogs."),
      /^servers\/docs\.mcp-server\.json:4: The server has "https:\/\/docs[^\n]+ no write can change that\.\n$/u,
    ],
    [
      "has another authentication than the server",
      DOCS,
      (text) => text.replace('"unauthenticated"', '"oauth"'),
      /^servers\/docs\.mcp-server\.json:5: The server has "unauthenticated", and no write/u,
    ],
    [
      "names a tool that isn't there",
      DOCS,
      (text) => text.replace('"get_page"', '"got_page"'),
      /^servers\/docs\.mcp-server\.json:11: This server has no tool "got_page"\.\n$/u,
    ],
    [
      "has a wrong type",
      DOCS,
      (text) => text.replace('"enabled": true', '"enabled": 1'),
      /^servers\/docs\.mcp-server\.json:10: This has to be true or false\.\n$/u,
    ],
    [
      "maps a server that neither exists nor has a file",
      SUPPORT,
      (text) => text.replace('"servers": {', '"servers": {\n    "nowhere": {},'),
      /^portals\/support\.mcp-portal\.json:9: The account has no server "nowhere"\.\n$/u,
    ],
  ];
  for (const [what, path, change, stderr] of refused) {
    it(`ends with 1 and a sentence with file and line where a file ${what}`, async () => {
      await the.edit(path, change);
      const ran = await the.run("plan");
      deepEqual({ status: ran.status, stdout: ran.stdout }, { status: 1, stdout: "" });
      match(ran.stderr, stderr);
    });
  }

  it("names all that a new server and a new portal still need", async () => {
    await the.write("servers/new.mcp-server.json", "{}");
    await the.write("portals/new.mcp-portal.json", '{ "name": "New" }');
    const { status, stderr } = await the.run("plan");
    equal(status, 1);
    deepEqual(
      stderr.split("\n").map((line) => line.replace(/:1: .* to make it /u, " ")),
      [
        "servers/new.mcp-server.json name is needed.",
        "servers/new.mcp-server.json hostname is needed.",
        "servers/new.mcp-server.json auth_type is needed.",
        "portals/new.mcp-portal.json hostname is needed.",
        "",
      ],
    );
  });

  it("names a folder that stands where a file should be", async () => {
    await mkdir(join(the.folder, "servers/odd.mcp-server.json"));
    const { status, stderr } = await the.run("plan");
    equal(status, 2);
    equal(
      stderr,
      "servers/odd.mcp-server.json couldn't be read or written: a folder is in the file's place. The command ended there.\n",
    );
  });

  it("ends with 2 in a folder without files", async () => {
    const { status, stderr } = await the.run("plan", "schemas");
    equal(status, 2);
    equal(
      stderr,
      "There are no files of servers and portals in this folder. mcp-portals pull writes them.\n",
    );
  });
});
