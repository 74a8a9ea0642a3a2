import { deepEqual, equal, ok } from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { parse } from "@cdktf/hcl2json";
import { makeTemporaryFolder, type TemporaryFolder } from "../../harness/temporary.ts";
import { problemsOf } from "../domain/registry/support/serverJsonRules.ts";
import { emulatorForAll } from "../emulator/support/calling.ts";
import { environmentOf, runCli } from "./support/runCli.ts";
import { runHere } from "./support/runHere.ts";

describe("mcp-portals export --terraform", function () {
  this.timeout(60_000);

  const emulator = emulatorForAll({ seed: "demo" });
  let folder: TemporaryFolder;

  before(async () => {
    folder = await makeTemporaryFolder("export");
  });

  after(() => folder.remove());

  function exported(...args: readonly string[]) {
    return runHere(
      ["export", "--api-base-url", emulator().url, ...args],
      environmentOf(emulator()),
    );
  }

  const infra = () => join(folder.path, "infra");

  it("writes the demo as files that Terraform's parser reads, and names each", async () => {
    const { status, stdout, stderr } = await runCli(
      ["export", "--api-base-url", emulator().url, "--terraform", "infra"],
      { environment: environmentOf(emulator()), folder: folder.path },
    );
    deepEqual({ status, stderr }, { status: 0, stderr: "" });
    const names = await readdir(infra());
    deepEqual(stdout.trimEnd().split("\n").sort(), names.map((name) => join("infra", name)).sort());
    const blocks = new Map<string, unknown>();
    for (const name of names) {
      const text = await readFile(join(infra(), name), "utf8");
      blocks.set(name, await parse(name, text));
    }
    equal(JSON.stringify(blocks.get("servers.tf")).match(/"hostname"/gu)?.length, 10);
    equal(JSON.stringify(blocks.get("imports.tf")).match(/"to"/gu)?.length, 26);
    const access = JSON.stringify(blocks.get("access.tf"));
    deepEqual(
      ["mcp", "mcp_portal"].map((type) => access.split(`"type":"${type}"`).length - 1),
      [10, 2],
    );
    equal(access.match(/"harborlane\.example"/gu)?.length, 11);
    equal(JSON.stringify(blocks.get("dns.tf")).match(/"proxied":true/gu)?.length, 2);
  });

  it("tells what the token may not read, and writes the rest", async () => {
    const plain = join(folder.path, "plain");
    const { status, stdout, stderr } = await runHere(
      ["export", "--api-base-url", emulator().url, "--terraform", plain],
      {
        ...environmentOf(emulator()),
        CLOUDFLARE_API_TOKEN: emulator().control.addToken("portals only").secret,
      },
    );
    deepEqual(
      { status, stderr },
      {
        status: 0,
        stderr:
          "Left out: Access applications and policies. Your token lacks the permission “Access: Apps and Policies Read”.\n" +
          "Left out: DNS records. Your token lacks the permission “Zone Read”.\n",
      },
    );
    deepEqual(
      stdout
        .trimEnd()
        .split("\n")
        .map((path) => basename(path)),
      ["versions.tf", "variables.tf", "servers.tf", "portals.tf", "imports.tf"],
    );
  });

  it("leaves files alone that are there, unless told", async () => {
    const { status, stdout, stderr } = await exported("--terraform", infra());
    deepEqual(
      { status, stdout, stderr },
      {
        status: 2,
        stdout: "",
        stderr: `${join(infra(), "versions.tf")} is there already; --force replaces it.\n`,
      },
    );
    const forced = await exported("--terraform", infra(), "--force");
    equal(forced.status, 0);
  });

  it("says which option it needs", async () => {
    const { status, stderr } = await exported();
    deepEqual(
      { status, stderr },
      { status: 2, stderr: "Pass --terraform <dir> or --server-json <dir>.\n" },
    );
  });

  it("writes a server.json for each server on request", async () => {
    const registry = join(folder.path, "registry");
    const { status, stdout, stderr } = await exported("--server-json", registry);
    deepEqual({ status, stderr }, { status: 0, stderr: "" });
    equal(stdout.trimEnd().split("\n").length, 10);
    const text = await readFile(join(registry, "docs", "server.json"), "utf8");
    deepEqual(problemsOf(JSON.parse(text)), []);
  });

  it("writes no credential", async () => {
    const texts = await Promise.all(
      (await readdir(infra())).map((name) => readFile(join(infra(), name), "utf8")),
    );
    ok(!texts.join("").includes(emulator().token));
  });
});
