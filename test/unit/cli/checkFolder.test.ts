import { deepEqual, equal, match, ok } from "node:assert/strict";
import type { ReportedFinding } from "../../../src/domain/report/reportedFinding.ts";
import { isSarif } from "../domain/report/support/sarifSchema.ts";
import { emulatorForAll } from "../emulator/support/calling.ts";
import { workIn } from "./support/workFolder.ts";

const DOCS = "servers/docs.mcp-server.json";
const SHOP = "servers/shop.mcp-server.json";
const LOCK = "mcp-portals.lock.json";
const WAIVERS = "mcp-portals.waivers.json";

/** The number of the first line that has a text. */
function lineOf(text: string, part: string): number {
  return text.slice(0, text.indexOf(part)).split("\n").length;
}

describe("mcp-portals check of a folder", function () {
  this.timeout(60_000);
  const emulator = emulatorForAll({ seed: "demo" });
  const the = workIn(emulator);

  beforeEach(async () => {
    equal((await the.run("pull")).status, 0);
  });

  async function found(): Promise<readonly ReportedFinding[]> {
    const { stdout, stderr } = await the.run("check", ".", "--json");
    equal(stderr, "");
    return stdout
      .trimEnd()
      .split("\n")
      .slice(0, -1)
      .map((line) => JSON.parse(line));
  }

  it("tells what the files say before it is written, each in its line", async () => {
    await the.edit(DOCS, (text) =>
      text.replace(
        '"search_docs": { "enabled": true }',
        `"search_docs": { "enabled": true, "description": ${JSON.stringify("a".repeat(1100))} }`,
      ),
    );
    // The demo's alias that is another tool's name.
    await the.edit(SHOP, (text) => text.replace(', "alias": "find_product"', ""));
    const { status, stdout } = await the.run("check", ".", "--sarif", "check.sarif");
    equal(status, 1);
    const docs = await the.read(DOCS);
    const line = lineOf(docs, '"search_docs"');
    match(
      stdout,
      new RegExp(
        `^${DOCS}:${line}:\\d+: warning: server docs, tool search_docs: .*\\[description/over-1024\\]$`,
        "mu",
      ),
    );
    equal(stdout.includes("name/alias-duplicate"), false);
    const log = JSON.parse(await the.read("check.sarif"));
    ok(isSarif(log), JSON.stringify(isSarif.errors));
    const [placed] = (log as Log).runs[0].results
      .filter(({ ruleId }) => ruleId === "description/over-1024")
      .map(({ locations: [{ physicalLocation }] }) => physicalLocation);
    equal(placed?.artifactLocation.uri, DOCS);
    equal(placed?.region?.startLine, line);
  });

  it("tells what is wrong in the files of what is still to be made, and nothing of its upstream", async () => {
    const before = await found();
    const server = {
      id: "notes",
      name: "Notes",
      description: "Keeps notes",
      hostname: "https://notes.example.com/mcp",
      auth_type: "unauthenticated",
      tools: { find: { description: "a".repeat(1100) }, read: {}, write: { alias: "find" } },
    };
    const portal = {
      id: "new",
      name: "New",
      hostname: "new.harborlane.example",
      servers: { notes: { tools: { find: { description: "b".repeat(1100) } } } },
    };
    await the.write("servers/notes.mcp-server.json", JSON.stringify(server, undefined, 2));
    await the.write("portals/new.mcp-portal.json", JSON.stringify(portal, undefined, 2));
    const keyOf = ({ rule, server: id, portal: of, name }: ReportedFinding): string =>
      [rule, of ?? id, name].join(" ");
    const known = new Set(before.map(keyOf));
    const added = (await found()).map(keyOf).filter((key) => !known.has(key));
    deepEqual(added, [
      "name/alias-duplicate notes write",
      "description/over-1024 notes find",
      "description/over-1024 new find",
    ]);
  });

  it("tells what isn't as the lock file has it, and whose definitions nobody accepted", async () => {
    await the.edit(LOCK, (text) => {
      const lock = JSON.parse(text);
      lock.accepted.docs.reviewed = true;
      lock.accepted.docs.tools.search_docs.description = "Accepted.";
      delete lock.accepted.docs.tools.get_page;
      return JSON.stringify(lock);
    });
    const review = (await found()).filter(({ rule }) => rule.startsWith("review/"));
    deepEqual(
      review
        .filter(({ rule }) => rule === "review/changed")
        .map(({ severity, server, kind, name }) => [severity, server, kind, name]),
      [
        ["warning", "docs", "tool", "get_page"],
        ["warning", "docs", "tool", "search_docs"],
      ],
    );
    const unreviewed = review.filter(({ rule }) => rule === "review/not-reviewed");
    ok(unreviewed.some(({ server }) => server === "shop"));
    ok(!unreviewed.some(({ server }) => server === "docs"));
  });

  it("leaves out what is waived, and tells of waivers that are of no use", async () => {
    const before = await found();
    await the.write(
      WAIVERS,
      `{
  "$schema": "schemas/mcp-portals.waivers.schema.json",
  "waivers": [
    { "rule": "security/hidden-characters", "server": "browser", "reason": "An exhibit." },
    { "rule": "name/alias-duplicate", "server": "shop", "reason": "Soon.", "expires": "2020-01-01" },
    { "rule": "health/error", "server": "docs", "reason": "It was down." }
  ]
}
`,
    );
    const { stdout } = await the.run("check", ".");
    equal(stdout.includes("security/hidden-characters"), false);
    match(stdout, /\[name\/alias-duplicate\]$/mu);
    match(
      stdout,
      /^mcp-portals\.waivers\.json:5:5: warning: server shop: The waiver of name\/alias-duplicate expired on 2020-01-01\. \[waiver\/expired\]$/mu,
    );
    match(
      stdout,
      /^mcp-portals\.waivers\.json:6:5: warning: server docs: The waiver of health\/error fits no problem\. It can be removed\. \[waiver\/useless\]$/mu,
    );
    const waived = before.filter(({ rule }) => rule === "security/hidden-characters").length;
    match(stdout, new RegExp(`, ${waived} waived\\n$`, "u"));
  });

  it("ends with 1 and the line of each mistake in the waivers, and applies none", async () => {
    await the.write(WAIVERS, '{\n  "waivers": [\n    { "rule": "a", "server": "b" }\n  ]\n}\n');
    deepEqual(await the.run("check", "."), {
      status: 1,
      stdout: "",
      stderr: 'mcp-portals.waivers.json:3: A waiver needs a "reason".\n',
    });
  });
});

interface Log {
  readonly runs: readonly [
    {
      readonly results: readonly {
        readonly ruleId: string;
        readonly locations: readonly [
          {
            readonly physicalLocation: {
              readonly artifactLocation: { readonly uri: string };
              readonly region?: { readonly startLine: number };
            };
          },
        ];
      }[];
    },
  ];
}
