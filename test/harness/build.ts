import { copyFile, cp, mkdir, readdir, rename, rm, symlink } from "node:fs/promises";
import { basename, join } from "node:path";
import { build } from "esbuild";
import { OUT, ROOT, VSIX } from "./paths.ts";
import { startTree } from "./processes.ts";
import { makeTemporaryFolder } from "./temporary.ts";

/** The folder of everything that the host tier makes, including logs. */
export const HOST_OUT = join(OUT, "host");

/** The extension as the host tests load it: this repository with a separate build of `dist`. */
export const HOST_EXTENSION = join(HOST_OUT, "extension");

/**
 * The bundled host tests. They lie inside the extension, because VS Code gives each file the API of
 * the extension that it lies in, and the tests replace functions of the extension's API.
 */
const HOST_TESTS = join(HOST_EXTENSION, "test");

/** The module that VS Code loads to run the tests. */
export const HOST_RUNNER = join(HOST_TESTS, "index.js");

/** Runs a program of the build. Shows its output only when it fails. */
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

/**
 * Builds what the host tier loads. It is separate from `dist`, because others may package the
 * extension while the tests run.
 */
export async function buildHostTier(): Promise<void> {
  await rm(HOST_OUT, { recursive: true, force: true });
  await mkdir(HOST_EXTENSION, { recursive: true });
  for (const name of ["package.json", "package.nls.json", "docs", "l10n", "media"]) {
    await symlink(join(ROOT, name), join(HOST_EXTENSION, name));
  }
  const dist = join(HOST_EXTENSION, "dist");
  await Promise.all([
    runStep(process.execPath, ["esbuild.mjs", `--outdir=${dist}`]),
    bundleHostTests(),
  ]);
}

const VSCE = join(ROOT, "node_modules", "@vscode", "vsce", "vsce");

/**
 * Does the same as `npm run package`, on this Node and without output. It packages a copy without
 * the folders that hold no part of the extension: vsce looks at every file, and the files of two VS
 * Codes take it 7 s. test/unit/package.test.ts proves that the whole repository gives the same
 * package.
 */
export async function packageExtension(): Promise<void> {
  await runStep(process.execPath, ["esbuild.mjs", "--production"]);
  const copy = await makeTemporaryFolder("package");
  for (const name of (await readdir(ROOT)).filter((each) => !NO_PART.test(each))) {
    await cp(join(ROOT, name), join(copy.path, name), { recursive: true });
  }
  await runStep(process.execPath, [VSCE, ...(await packageArguments())], copy.path);
  // Renamed into place, because a test in another process may be reading the last package.
  const partial = `${VSIX}.${process.pid}`;
  await copyFile(join(copy.path, basename(VSIX)), partial);
  await rename(partial, VSIX);
  await copy.remove();
}

const NO_PART = /^(?:\.git|\.vscode-test|node_modules|out|src|test|.*\.vsix.*)$/;

/** Packages the small extension that opens ours when a window is first opened. */
export function packageOpener(vsix: string): Promise<void> {
  return packageFolder(join(import.meta.dirname, "opener"), vsix);
}

/** Packages an extension that needs no build. */
export async function packageFolder(folder: string, vsix: string): Promise<void> {
  const flags = ["--no-dependencies", "--allow-missing-repository", "--skip-license"];
  await runStep(process.execPath, [VSCE, "package", ...flags, "--out", vsix], folder);
}

/** Takes the arguments from the script in package.json, so that they are listed once. */
async function packageArguments(): Promise<string[]> {
  const { default: manifest } = await import("../../package.json", { with: { type: "json" } });
  const [, args] = manifest.scripts.package.split("&& vsce ");
  if (!args) {
    throw new Error("package.json's script `package` doesn't end in `&& vsce …`.");
  }
  return args.split(" ");
}

/** The program that runs the emulators of the tests. */
const EMULATORS = join("support", "emulatorProcess.ts");

/** Makes a bundle for each test file. Shared code becomes chunks. */
async function bundleHostTests(): Promise<void> {
  const source = join(ROOT, "test", "host");
  const names = await readdir(source, { recursive: true });
  const tests = names.filter((name) => name.endsWith(".test.ts"));
  await build({
    entryPoints: ["index.ts", EMULATORS, ...tests].map((name) => join(source, name)),
    outbase: source,
    outdir: HOST_TESTS,
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
