import { deepEqual, ok } from "node:assert/strict";
import { build, type Metafile } from "esbuild";
import { cliOptions } from "../../../esbuild.mjs";
import { ROOT } from "../../harness/paths.ts";

describe("the packed command line", function () {
  this.timeout(60_000);
  let outputs: Metafile["outputs"];

  before(async () => {
    const options = cliOptions(true);
    const result = await build({
      ...options,
      absWorkingDir: ROOT,
      logLevel: "silent",
      metafile: true,
      write: false,
    });
    outputs = result.metafile.outputs;
  });

  /** The entries whose files have a module of a package in them. */
  function filesWith(name: string): readonly (string | undefined)[] {
    return Object.values(outputs)
      .filter(({ inputs }) => Object.keys(inputs).some((path) => path.includes(`/${name}/`)))
      .map(({ entryPoint }) => entryPoint);
  }

  it("has the tokenizer in a file of its own, which check alone loads", () => {
    deepEqual(filesWith("gpt-tokenizer"), ["src/cli/check/tokenCosts.ts"]);
    const loading = Object.values(outputs).filter(({ imports }) =>
      imports.some(({ path }) => outputs[path]?.entryPoint === "src/cli/check/tokenCosts.ts"),
    );
    deepEqual(
      loading.map(({ entryPoint }) => entryPoint),
      ["src/cli/check/check.ts"],
    );
  });

  it("is less than 1.5 MB without the tokenizer", () => {
    const sizes = Object.values(outputs)
      .filter(({ entryPoint }) => entryPoint !== "src/cli/check/tokenCosts.ts")
      .map(({ bytes }) => bytes);
    ok(sizes.reduce((sum, bytes) => sum + bytes, 0) < 1_500_000, String(sizes));
  });
});
