import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";
import { OUT, ROOT } from "./paths.ts";
import { startTree } from "./processes.ts";

/** Where the bundled host tests lie, and the module that VS Code loads to run them. */
export const HOST_OUT = join(OUT, "host");
export const HOST_RUNNER = join(HOST_OUT, "index.js");

/** Runs a program of the build. What it says is shown when it fails. */
async function runStep(command: string, args: readonly string[], cwd = ROOT): Promise<void> {
  const tree = startTree(command, args, { cwd, stdio: ["ignore", "pipe", "pipe"] });
  const said: Buffer[] = [];
  for (const output of [tree.child.stdout, tree.child.stderr]) {
    output?.on("data", (chunk: Buffer) => said.push(chunk));
  }
  const exit = await tree.ended;
  await tree.stop();
  if (exit === 0) {
    return;
  }
  throw new Error(`${Buffer.concat(said)}\nFailed (${exit}): ${args.join(" ")}`);
}

export const buildExtension = (): Promise<void> => runStep(process.execPath, ["esbuild.mjs"]);

const VSCE = join(ROOT, "node_modules", "@vscode", "vsce", "vsce");

/** What `npm run package` does, on this Node and quietly. */
export async function packageExtension(): Promise<void> {
  await runStep(process.execPath, ["esbuild.mjs", "--production"]);
  await runStep(process.execPath, [VSCE, ...(await packageArguments())]);
}

/** Packages the small extension that shows ours to whoever opens a window for the first time. */
export function packageOpener(vsix: string): Promise<void> {
  return packageFolder(join(import.meta.dirname, "opener"), vsix);
}

/** Packages an extension that needs no build. */
export async function packageFolder(folder: string, vsix: string): Promise<void> {
  const flags = ["--no-dependencies", "--allow-missing-repository", "--skip-license"];
  await runStep(process.execPath, [VSCE, "package", ...flags, "--out", vsix], folder);
}

/** The arguments are those of the script in package.json, so that there is one list of them. */
async function packageArguments(): Promise<string[]> {
  const { default: manifest } = await import("../../package.json", { with: { type: "json" } });
  const [, args] = manifest.scripts.package.split("&& vsce ");
  if (!args) {
    throw new Error("package.json's script `package` doesn't end in `&& vsce …`.");
  }
  return args.split(" ");
}

/** A bundle for each test file; what they share becomes a chunk of its own. */
export async function bundleHostTests(): Promise<void> {
  const source = join(ROOT, "test", "host");
  const names = await readdir(source, { recursive: true });
  const tests = names.filter((name) => name.endsWith(".test.ts"));
  await rm(HOST_OUT, { recursive: true, force: true });
  await build({
    entryPoints: ["index.ts", ...tests].map((name) => join(source, name)),
    outbase: source,
    outdir: HOST_OUT,
    bundle: true,
    splitting: true,
    chunkNames: "chunks/[name]-[hash]",
    format: "esm",
    platform: "node",
    target: "node22",
    packages: "external",
    sourcemap: true,
    logLevel: "warning",
  });
}
