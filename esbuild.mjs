import { globSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, resolve } from "node:path";
import { parseArgs } from "node:util";
import { build } from "esbuild";

/**
 * The floor's extension host runs Node 22; `createRequire` serves CommonJS dependencies such as
 * undici.
 * @satisfies {import("esbuild").BuildOptions}
 */
const shared = {
  bundle: true,
  format: "esm",
  platform: "node",
  target: "node22",
  mainFields: ["module", "main"],
  logLevel: "info",
  legalComments: "none",
  // Modules are UTF-8 anyway, and an escaped letter takes up to twice as many bytes.
  charset: "utf8",
  outdir: "dist",
  // Without blanks, because each chunk begins with it.
  banner: {
    js: 'import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);',
  },
};

/**
 * Split, so that activation loads only what it needs.
 * @param {boolean} production
 * @returns {import("esbuild").BuildOptions}
 */
export function extensionOptions(production) {
  return {
    ...shared,
    entryPoints: { extension: "src/extension.ts" },
    splitting: true,
    chunkNames: "chunks/[name]-[hash]",
    external: ["vscode"],
    minify: production,
    sourcemap: !production,
  };
}

/**
 * Programs of their own: the emulator is a process, the tokenizer a thread.
 * @param {boolean} production
 * @returns {import("esbuild").BuildOptions}
 */
function programOptions(production) {
  return {
    ...shared,
    entryPoints: {
      emulator: "src/emulator/main.ts",
      tokenizer: "src/engine/cost/tokenizerProgram.ts",
    },
    minify: production,
    sourcemap: !production,
  };
}

/**
 * The command line, which Node runs without any package beside it. Split, so that each command loads
 * what it needs, and the tokenizer is loaded by one alone. The files lie as deep in the package as in
 * the sources, so that both find `package.json` in the same way.
 * @param {boolean} production
 * @returns {import("esbuild").BuildOptions}
 */
export function cliOptions(production) {
  return {
    ...shared,
    entryPoints: { "cli/main": "src/cli/main.ts" },
    splitting: true,
    chunkNames: "cli/[name]-[hash]",
    minify: production,
    sourcemap: false,
  };
}

/**
 * One script and one style sheet for each folder of `src/pages` with a `main.ts`. A script that a
 * page loads can't load another: the page's policy lets it through by its nonce alone.
 */
function pageOptions(production) {
  const mains = globSync("src/pages/*/main.ts");
  return {
    bundle: true,
    format: "iife",
    platform: "browser",
    target: "es2023",
    logLevel: "info",
    legalComments: "none",
    entryPoints: Object.fromEntries(
      mains.map((main) => [`pages/${basename(dirname(main))}`, main]),
    ),
    minify: production,
    sourcemap: !production,
  };
}

/**
 * Builds everything that ships. What is there already stays untouched, because a program may be
 * starting from it, and what no longer belongs there goes.
 * @param {{ production?: boolean | undefined, outdir?: string | undefined }} options
 * @returns {Promise<void>}
 */
export async function buildAll({ production = false, outdir = shared.outdir }) {
  const results = await Promise.all(
    [extensionOptions, programOptions, pageOptions].map((optionsOf) =>
      build({ ...optionsOf(production), outdir, write: false }),
    ),
  );
  const files = results.flatMap(({ outputFiles }) => outputFiles);
  await Promise.all(files.map(writeWhole));
  const wanted = new Set(files.map(({ path }) => path));
  const entries = await readdir(outdir, { recursive: true, withFileTypes: true });
  const stale = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => resolve(parentPath, name))
    .filter((path) => !wanted.has(path));
  await Promise.all(stale.map((path) => rm(path, { force: true })));
}

/**
 * By another name first, so that nobody reads a half.
 * @param {import("esbuild").OutputFile} file
 */
async function writeWhole({ path, contents }) {
  const present = await readFile(path).catch(() => undefined);
  if (present?.equals(contents)) {
    return;
  }
  const partial = `${path}.${process.pid}`;
  await mkdir(dirname(path), { recursive: true });
  await writeFile(partial, contents);
  await rename(partial, path);
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: { production: { type: "boolean" }, outdir: { type: "string" } },
  });
  await buildAll(values);
}
