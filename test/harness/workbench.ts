import { rm } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { windowsAtOnce } from "./concurrent.ts";
import { closeTier, isGood } from "./counts.ts";
import { FAILURES } from "./failurePictures.ts";
import { installPackaged } from "./installPackaged.ts";
import { endAll } from "./lifetime.ts";
import { runMocha } from "./mochaTier.ts";
import { keepCompiled } from "./processes.ts";
import { CODE_VERSIONS } from "./versions.ts";

/**
 * `npm run test:workbench`: operates the packaged extension in real windows. Each process has its
 * own browser, and each window its own server and profile.
 */
const { values } = parseArgs({
  options: { grep: { type: "string" }, jobs: { type: "string" } },
});

keepCompiled();
try {
  await rm(FAILURES, { recursive: true, force: true });
  await installPackaged("workbench");
  const counts = await runMocha({
    folders: ["test/workbench"],
    jobs: windowsAtOnce(values.jobs),
    timeout: 90_000,
    slow: 15_000,
    grep: values.grep,
    hooks: join(import.meta.dirname, "failurePictures.ts"),
  });
  await closeTier(`workbench (${CODE_VERSIONS.latest.vscode})`, counts);
  process.exitCode = isGood(counts) ? 0 : 1;
} finally {
  await endAll();
}
