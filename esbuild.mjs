import { rm } from "node:fs/promises";
import { build } from "esbuild";

/** The floor's extension host runs Node 22; `createRequire` serves CommonJS dependencies such as undici. */
const shared = {
  bundle: true,
  format: "esm",
  platform: "node",
  target: "node22",
  mainFields: ["module", "main"],
  logLevel: "info",
  legalComments: "none",
  banner: {
    js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
  },
};

const production = process.argv.includes("--production");

await rm("dist", { recursive: true, force: true });
await Promise.all([
  build({
    ...shared,
    entryPoints: { extension: "src/extension.ts" },
    outdir: "dist",
    splitting: true,
    chunkNames: "chunks/[name]-[hash]",
    external: ["vscode"],
    minify: production,
    sourcemap: !production,
  }),
  build({
    ...shared,
    entryPoints: { emulator: "src/emulator/main.ts" },
    outdir: "dist",
    minify: production,
    sourcemap: !production,
  }),
]);
