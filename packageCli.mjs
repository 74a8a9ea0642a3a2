import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { cliOptions } from "./esbuild.mjs";

/** Packs the command line into `mcp-portals-cli.tgz`, which `npx` runs without anything beside it. */
const folder = await mkdtemp(join(tmpdir(), "mcp-portals-cli-"));
try {
  await build({ ...cliOptions(true), outdir: join(folder, "dist"), logLevel: "warning" });
  const { version, license } = JSON.parse(await readFile("package.json", "utf8"));
  const manifest = {
    name: "mcp-portals",
    version,
    description: "MCP servers and portals of a Cloudflare account as files, for scripts and CI",
    license,
    type: "module",
    bin: { "mcp-portals": "dist/cli/main.js" },
    files: ["dist"],
    engines: { node: ">=22.19" },
  };
  await writeFile(join(folder, "package.json"), JSON.stringify(manifest, undefined, 2));
  const main = join(folder, manifest.bin["mcp-portals"]);
  await writeFile(main, `#!/usr/bin/env node\n${await readFile(main, "utf8")}`);
  const pack = ["pack", "--json", "--pack-destination", folder];
  const { stdout } = await promisify(execFile)("npm", pack, {
    cwd: folder,
    shell: process.platform === "win32",
  });
  const [{ filename }] = JSON.parse(stdout);
  const target = resolve(process.argv[2] ?? "mcp-portals-cli.tgz");
  // The temporary folder may be on another disk, from which nothing can be renamed.
  await writeFile(target, await readFile(join(folder, filename)));
  console.log(target);
} finally {
  await rm(folder, { recursive: true, force: true });
}
