import { deepEqual, equal, match, ok } from "node:assert/strict";
import { execFile } from "node:child_process";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { COMMANDS } from "../../../src/cli/commands/allCommands.ts";
import { ROOT } from "../../harness/paths.ts";
import { makeTemporaryFolder, type TemporaryFolder } from "../../harness/temporary.ts";
import { emulatorPerTest } from "../emulator/support/calling.ts";
import { runCli } from "./support/runCli.ts";
import { workIn } from "./support/workFolder.ts";

const run = promisify(execFile);

describe("The packed command line", function () {
  this.timeout(120_000);
  const emulator = emulatorPerTest({ seed: "demo" });
  const the = workIn(emulator);
  let folder: TemporaryFolder;
  let entry: string;
  before(async () => {
    folder = await makeTemporaryFolder("cli-packed");
    const packed = join(folder.path, "mcp-portals-cli.tgz");
    await run(process.execPath, [join(ROOT, "packageCli.mjs"), packed], { cwd: ROOT });
    await run("tar", ["-xzf", packed, "-C", folder.path]);
    entry = join(folder.path, "package", "dist", "cli", "main.js");
  });
  after(() => folder.remove());

  it("is at most 3 MB, with a main file of at most 1.5 MB that no tokenizer is in", async () => {
    ok((await stat(join(folder.path, "mcp-portals-cli.tgz"))).size <= 3_000_000);
    ok((await stat(entry)).size <= 1_500_000);
    const dist = join(folder.path, "package", "dist", "cli");
    const names = await readdir(dist);
    const sizes = await Promise.all(names.map(async (name) => (await stat(join(dist, name))).size));
    const large = names.filter((_, index) => (sizes[index] ?? 0) > 1_500_000);
    equal(large.length, 1);
    match(large[0] ?? "", /^tokenCosts-/u);
  });

  it("runs every command in an empty folder, with nothing else installed", async () => {
    match((await runCli(["--version"], { entry })).stdout, /^\d+\.\d+\.\d+\n$/u);
    const expected = [
      { status: 0, args: ["pull"] },
      { status: 0, args: ["plan"] },
      { status: 0, args: ["apply", "--yes"] },
      { status: 0, args: ["sync", "shop"] },
      { status: 0, args: ["accept"] },
      { status: 1, args: ["check"] },
      { status: 1, args: ["explain", "engineering"] },
      { status: 0, args: ["export", "--terraform", "infra"] },
    ];
    for (const { status, args } of expected) {
      const [name = "", ...others] = args;
      const ran = await the.runIn({ entry }, name, ...others);
      equal(ran.status, status, `${name}: ${ran.stdout}${ran.stderr}`);
    }
    deepEqual(expected.map(({ args }) => args[0]).sort(), COMMANDS.map(({ name }) => name).sort());
    equal((await runCli(["--help"], { entry })).status, 0);
    for (const { name } of COMMANDS) {
      const help = await the.run(name, "--help");
      match(help.stdout, new RegExp(`^Usage: mcp-portals ${name}`, "u"));
      match(help.stdout, /Example:/u);
    }
  });

  it("says on an older Node which one it needs", async () => {
    const older = ["/usr/bin/node", "/usr/local/bin/node"];
    for (const node of older) {
      const version = await run(node, ["--version"]).then(
        ({ stdout }) => stdout.trim(),
        () => "",
      );
      if (/^v(?:18|20)\./u.test(version)) {
        const failed = await run(node, [entry, "plan"]).catch((error: unknown) => error);
        match(String(failed), /mcp-portals needs Node 22\.19 or later; this is/u);
      }
    }
  });
});
