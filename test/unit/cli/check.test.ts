import { deepEqual, equal, match, ok } from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { makeTemporaryFolder, type TemporaryFolder } from "../../harness/temporary.ts";
import { commandsIn } from "../domain/report/support/runner.ts";
import { isSarif } from "../domain/report/support/sarifSchema.ts";
import { emulatorForAll } from "../emulator/support/calling.ts";
import { environmentOf, runCli } from "./support/runCli.ts";
import { runHere } from "./support/runHere.ts";

/** What is wrong in the demo, by rule. */
const DEMO: Readonly<Record<string, number>> = {
  "config/orphan-override": 1,
  "count/over-128": 1,
  "health/error": 2,
  "health/stale": 1,
  "health/waiting": 1,
  "name/alias-duplicate": 1,
  "portal/orphan-override": 1,
  "portal/unused-server": 6,
  "reach/no-policy": 1,
  "schema/draft": 1,
  "security/concealment": 3,
  "security/exfiltration": 1,
  "security/hidden-characters": 5,
};

describe("mcp-portals check", function () {
  this.timeout(60_000);

  const emulator = emulatorForAll({ seed: "demo" });
  let folder: TemporaryFolder;

  before(async () => {
    folder = await makeTemporaryFolder("check");
  });

  after(() => folder.remove());

  function check(...args: readonly string[]) {
    return runHere(["check", "--api-base-url", emulator().url, ...args], environmentOf(emulator()));
  }

  function checkInProcess(...args: readonly string[]) {
    return runCli(["check", "--api-base-url", emulator().url, ...args], {
      environment: environmentOf(emulator()),
      folder: folder.path,
    });
  }

  it("tells the problems of the demo, one object a line, and how many there are", async () => {
    const { status, stdout, stderr } = await checkInProcess("--json");
    deepEqual({ status, stderr }, { status: 1, stderr: "" });
    const lines = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    deepEqual(lines.pop(), { summary: { error: 14, warning: 4, information: 7, hint: 0 } });
    const byRule = Object.entries(Object.groupBy(lines, ({ rule }) => rule))
      .map(([rule, found = []]) => [rule, found.length] as const)
      .sort();
    deepEqual(Object.fromEntries(byRule), DEMO);
    deepEqual(lines[1], {
      rule: "name/alias-duplicate",
      severity: "error",
      server: "shop",
      kind: "tool",
      name: "search_products",
      message: 'The alias "find_product" is the name of another tool or prompt of this server.',
      pointer: "/tools/search_products/alias",
    });
  });

  it("tells people the same, a problem a line, without colours where nobody looks", async () => {
    const { status, stdout } = await check();
    equal(status, 1);
    const lines = stdout.trimEnd().split("\n");
    equal(lines.length, 26);
    equal(lines.at(-1), "14 errors, 4 warnings, 7 information");
    equal(
      lines[0],
      "error: server observability, tool list_dashboards: /inputSchema/properties/owner/properties/team/required has a value that JSON Schema doesn't allow there. VS Code leaves the tool out, with a warning in its log. [schema/draft]",
    );
    equal(
      lines[1],
      'error: server shop, tool search_products: The alias "find_product" is the name of another tool or prompt of this server. [name/alias-duplicate]',
    );
    equal(stdout.includes("\u001b"), false);
  });

  it("writes annotations that a runner reads one by one", async () => {
    const { stdout } = await check("--format", "github");
    const names = commandsIn(stdout).map(({ name }) => name);
    deepEqual(
      ["error", "warning", "notice"].map((name) => names.filter((each) => each === name).length),
      [14, 4, 7],
    );
    equal(names.length, 25);
  });

  it("writes a SARIF log beside what it prints", async () => {
    const { status, stdout } = await checkInProcess("--sarif", "check.sarif", "--json");
    equal(status, 1);
    const log: unknown = JSON.parse(await readFile(join(folder.path, "check.sarif"), "utf8"));
    ok(isSarif(log), JSON.stringify(isSarif.errors));
    const text = JSON.stringify(log);
    equal(text.split('"ruleId"').length - 1, 25);
    match(text, /A server's alias|An alias/u);
    equal(stdout.trimEnd().split("\n").length, 26);
  });

  it("passes what --max-severity lets pass", async () => {
    equal((await check("--max-severity", "error")).status, 0);
    equal((await check("--max-severity", "warning")).status, 1);
  });

  it("holds portals to --budget, with the tokens that it counts", async () => {
    const { stdout } = await check("--json", "--budget", "1");
    match(stdout, /"rule":"budget\/portal".*tokens of every request.*the budget is 1\./u);
  });

  const wrong: readonly (readonly [args: readonly string[], error: string])[] = [
    [
      ["--max-severity", "bad"],
      "--max-severity has to be one of none, hint, information, warning, error.\n",
    ],
    [["--budget", "-1"], "--budget has to be a number of tokens.\n"],
    [["--format", "xml"], "--format has to be one of text, github, json.\n"],
    [["--format", "github", "--json"], "--json and --format exclude each other.\n"],
    [["--sarif", "no/such/folder/a.sarif"], "no/such/folder/a.sarif can't be written.\n"],
  ];
  for (const [args, error] of wrong) {
    it(`ends with 2 and a sentence for ${args.join(" ")}`, async () => {
      const { status, stderr } = await check(...args);
      deepEqual({ status, stderr }, { status: 2, stderr: error });
    });
  }

  it("ends with 2 where the account can't be looked at", async () => {
    const { status, stdout, stderr } = await runHere(["check", "--api-base-url", emulator().url], {
      ...environmentOf(emulator()),
      CLOUDFLARE_API_TOKEN: "wrong",
    });
    equal(status, 2);
    equal(stdout, "");
    match(stderr, /^Cloudflare doesn't accept the credential in the environment\./u);
  });
});
