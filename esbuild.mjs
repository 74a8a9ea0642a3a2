import { rm } from "node:fs/promises";
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

if (import.meta.main) {
  const production = process.argv.includes("--production");
  await rm("dist", { recursive: true, force: true });
  await Promise.all([build(extensionOptions(production)), build(emulatorOptions(production))]);
}
