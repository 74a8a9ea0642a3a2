import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/** Files that a fresh process can load. */
export interface Bundles {
  /** What VS Code loads when the extension is activated; `vscode` is a stub. */
  readonly activation: string;
  /** The client with undici, all that a first request loads. */
  readonly client: string;
  readonly sdk: string;
  readonly listOurs: string;
  readonly listSdk: string;
  remove(): Promise<void>;
}

/** As the product is built: ES modules, split, minified. */
export async function makeBundles(): Promise<Bundles> {
  const folder = await mkdtemp(join(tmpdir(), "bench-"));
  await build({
    entryPoints: {
      activation: fileURLToPath(new URL("../../src/extension.ts", import.meta.url)),
      client: fileURLToPath(new URL("../../src/cloudflare/client.ts", import.meta.url)),
      sdk: fileURLToPath(new URL("./contenders/wholeSdk.ts", import.meta.url)),
      listOurs: fileURLToPath(new URL("./contenders/ours.ts", import.meta.url)),
      listSdk: fileURLToPath(new URL("./contenders/sdk.ts", import.meta.url)),
    },
    outdir: folder,
    outExtension: { ".js": ".mjs" },
    alias: { vscode: fileURLToPath(new URL("./contenders/vscode.cjs", import.meta.url)) },
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node22",
    mainFields: ["module", "main"],
    minify: true,
    logLevel: "warning",
    banner: {
      js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
    },
  });
  const file = (name: string) => join(folder, `${name}.mjs`);
  return {
    activation: file("activation"),
    client: file("client"),
    sdk: file("sdk"),
    listOurs: file("listOurs"),
    listSdk: file("listSdk"),
    remove: () => rm(folder, { recursive: true }),
  };
}
