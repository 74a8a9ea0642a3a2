import { deepEqual, ok } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build, type Metafile } from "esbuild";
import { extensionOptions } from "../../esbuild.mjs";

const MOST_BYTES = 300_000;

describe("what activation loads", () => {
  let metafile: Metafile | undefined;
  before(async () => {
    const options = { ...extensionOptions(true), logLevel: "silent" as const };
    const root = fileURLToPath(new URL("../../", import.meta.url));
    const result = await build({ ...options, absWorkingDir: root, write: false, metafile: true });
    ({ metafile } = result);
  });

  /** The entry and all its static imports. Dynamic imports are loaded later. */
  const loaded = (): readonly string[] => {
    const paths = ["dist/extension.js"];
    for (const path of paths) {
      for (const { path: next, kind } of metafile?.outputs[path]?.imports ?? []) {
        if (kind === "import-statement" && metafile?.outputs[next] && !paths.includes(next)) {
          paths.push(next);
        }
      }
    }
    return paths;
  };

  it(`is less than ${MOST_BYTES / 1000} kB`, () => {
    const bytes = loaded().reduce((sum, path) => sum + (metafile?.outputs[path]?.bytes ?? 0), 0);
    ok(bytes > 10_000 && bytes < MOST_BYTES, `${bytes} bytes`);
  });

  it("has nothing of HTTP, of the emulator, of its SDKs or of the tokenizer in it", () => {
    const inputs = loaded().flatMap((path) => Object.keys(metafile?.outputs[path]?.inputs ?? {}));
    deepEqual(
      inputs.filter((path) => /undici|src\/emulator|modelcontextprotocol|gpt-tokenizer/.test(path)),
      [],
    );
  });

  it("is put together in less than 60 lines", () => {
    const source = readFileSync(new URL("../../src/extension.ts", import.meta.url), "utf8");
    const activate = /^export function activate.*?^}/ms.exec(source)?.[0] ?? "";
    const lines = activate.split("\n").length;
    ok(lines > 10 && lines < 60, `${lines} lines`);
  });
});
