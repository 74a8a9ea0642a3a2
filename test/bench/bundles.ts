import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type BuildOptions, build } from "esbuild";
import { buildAll, extensionOptions } from "../../esbuild.mjs";

/** Files that a new process can load. */
export interface Bundles {
  /** The code that VS Code loads when the extension is activated, with a stub for `vscode`. */
  readonly activation: string;
  /** The client with undici: all that a first request loads. */
  readonly client: string;
  readonly sdk: string;
  readonly listOurs: string;
  readonly listSdk: string;
  /** The emulator that ships. */
  readonly emulator: string;
  /** The tokenizer's thread that ships. */
  readonly tokenizer: string;
  readonly countOurs: string;
  readonly countAlone: string;
  remove(): Promise<void>;
}

/**
 * Builds as the product is built. Activation is built alone, because code that it shares with others
 * would be split off.
 */
export async function makeBundles(): Promise<Bundles> {
  const folder = await mkdtemp(join(tmpdir(), "bench-"));
  const path = (file: string) => fileURLToPath(new URL(file, import.meta.url));
  const options: BuildOptions = {
    ...extensionOptions(true),
    external: [],
    alias: { vscode: path("./contenders/vscode.cjs") },
    outdir: folder,
    outExtension: { ".js": ".mjs" },
    logLevel: "warning",
  };
  await build({ ...options, entryPoints: { activation: path("../../src/extension.ts") } });
  await build({
    ...options,
    entryPoints: {
      client: path("../../src/cloudflare/client.ts"),
      sdk: path("./contenders/wholeSdk.ts"),
      listOurs: path("./contenders/ours.ts"),
      listSdk: path("./contenders/sdk.ts"),
      countOurs: path("./contenders/countOurs.ts"),
      countAlone: path("./contenders/countAlone.ts"),
    },
  });
  const program = join(folder, "program");
  await buildAll({ production: true, outdir: program });
  const file = (name: string) => join(folder, `${name}.mjs`);
  return {
    activation: file("activation"),
    client: file("client"),
    sdk: file("sdk"),
    listOurs: file("listOurs"),
    listSdk: file("listSdk"),
    emulator: join(program, "emulator.js"),
    tokenizer: join(program, "tokenizer.js"),
    countOurs: file("countOurs"),
    countAlone: file("countAlone"),
    remove: () => rm(folder, { recursive: true }),
  };
}
