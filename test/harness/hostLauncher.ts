import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { HOST_OUT } from "./build.ts";
import { startTestServer } from "./codeServer.ts";
import { fetchCode } from "./fetchCode.ts";
import { runInBrowser } from "./hostPage.ts";
import { endAll } from "./lifetime.ts";
import { makeFolder, writeSettings } from "./profile.ts";
import { makeTemporaryFolder } from "./temporary.ts";
import { CODE_VERSIONS } from "./versions.ts";

/**
 * Stands in for desktop VS Code's executable: takes the same two flags, runs the suite in the
 * npm one, and ends with the suite's exit code.
 */
const [edge, ...flags] = process.argv.slice(2);
const { values } = parseArgs({
  args: flags,
  strict: false,
  options: {
    extensionDevelopmentPath: { type: "string" },
    extensionTestsPath: { type: "string" },
  },
});
const { extensionDevelopmentPath, extensionTestsPath } = values;
if (edge !== "floor" && edge !== "latest") throw new Error("The first argument is a version.");
if (typeof extensionDevelopmentPath !== "string" || typeof extensionTestsPath !== "string") {
  throw new Error("--extensionDevelopmentPath and --extensionTestsPath are needed.");
}

const temporary = await makeTemporaryFolder("host");
const log = createWriteStream(join(HOST_OUT, `${edge}.log`));
try {
  const data = join(temporary.path, "data");
  await writeSettings(join(data, "data"), {});
  process.env["MCP_PORTALS_TEST_DATA"] = data;
  const server = await startTestServer(await fetchCode(CODE_VERSIONS[edge]), data);
  const workspace = await makeFolder(join(temporary.path, "workspace"));
  const suite = { workspace, extensionDevelopmentPath, extensionTestsPath, log };
  process.exitCode = await runInBrowser(server, suite);
} finally {
  await endAll();
}
