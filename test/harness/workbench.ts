import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import Mocha from "mocha";
import { savePictures } from "./failurePictures.ts";
import { installPackaged } from "./installPackaged.ts";
import { endAll } from "./lifetime.ts";
import { OUT, ROOT } from "./paths.ts";
import { CODE_VERSIONS } from "./versions.ts";

/** `npm run test:workbench`: clicks through the packaged extension in a real window. */
const { values } = parseArgs({ options: { grep: { type: "string" } } });

try {
  await installPackaged("workbench");
  process.exitCode = (await run()) ? 0 : 1;
} finally {
  await endAll();
}

async function run(): Promise<boolean> {
  const failures = join(OUT, "workbench");
  await rm(failures, { recursive: true, force: true });
  const mocha = new Mocha({
    reporter: "spec",
    timeout: 90_000,
    slow: 15_000,
    forbidOnly: process.env["CI"] !== undefined,
    forbidPending: true,
    ...(values.grep && { grep: values.grep }),
  });
  const source = join(ROOT, "test", "workbench");
  for (const name of (await readdir(source, { recursive: true })).sort()) {
    if (name.endsWith(".test.ts")) {
      mocha.addFile(join(source, name));
    }
  }
  mocha.rootHooks({
    async afterEach(this: Mocha.Context) {
      const test = this.currentTest;
      if (test?.state === "failed") {
        await savePictures(failures, test.fullTitle());
      }
    },
  });
  await mocha.loadFilesAsync();
  return new Promise((resolve) => {
    const runner = mocha.run((failed) => {
      const passed = runner.stats?.passes ?? 0;
      console.log(`workbench (${CODE_VERSIONS.latest.vscode}): ${passed} passed, ${failed} failed`);
      resolve(failed === 0 && passed > 0);
    });
  });
}
