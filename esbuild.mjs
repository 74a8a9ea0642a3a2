import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
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
  outdir: "dist",
  banner: {
    js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
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

function emulatorOptions(production) {
  return {
    ...shared,
    entryPoints: { emulator: "src/emulator/main.ts" },
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
    [extensionOptions(production), emulatorOptions(production)].map((options) =>
      build({ ...options, outdir, write: false }),
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
