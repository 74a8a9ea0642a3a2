import { createWriteStream } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type CodeServer, startTestServer } from "./codeServer.ts";
import { fetchCode } from "./fetchCode.ts";
import { runInBrowser } from "./hostPage.ts";
import { endAll } from "./lifetime.ts";
import { findLastingPort } from "./ports.ts";
import { makeFolder } from "./profile.ts";
import { CODE_VERSIONS, type Edge } from "./versions.ts";

/**
 * Replaces the executable of desktop VS Code. It takes the same flags, runs the suite in the VS
 * Code from npm, and ends with the suite's exit code. A second start with the same profile is a
 * restart.
 */
const [edge, ...flags] = process.argv.slice(2);
const { values } = parseArgs({
  args: flags,
  strict: false,
  options: {
    extensionDevelopmentPath: { type: "string" },
    extensionTestsPath: { type: "string" },
    "user-data-dir": { type: "string" },
  },
});
const { extensionDevelopmentPath, extensionTestsPath, "user-data-dir": profile } = values;
if (edge !== "floor" && edge !== "latest") {
  throw new Error("The first argument is a version.");
}
if (
  typeof extensionDevelopmentPath !== "string" ||
  typeof extensionTestsPath !== "string" ||
  typeof profile !== "string"
) {
  throw new Error("--extensionDevelopmentPath, --extensionTestsPath, --user-data-dir are needed.");
}

const log = createWriteStream(process.env["MCP_PORTALS_TEST_LOG"] ?? join(profile, "log"));
try {
  const data = join(profile, "data");
  process.env["MCP_PORTALS_TEST_DATA"] = data;
  const server = await startServer(profile, data, edge);
  process.exitCode = await runInBrowser(server, {
    workspace: await makeFolder(join(profile, "workspace")),
    browser: join(profile, "browser"),
    extensionDevelopmentPath,
    extensionTestsPath,
    log,
  });
} finally {
  await endAll();
}

/**
 * Uses the same port again, because another port is another origin, where the browser has nothing
 * stored.
 */
async function startServer(profile: string, data: string, edge: Edge): Promise<CodeServer> {
  const code = await fetchCode(CODE_VERSIONS[edge]);
  const note = join(profile, "port");
  const known = await readFile(note, "utf8").catch(() => undefined);
  const port = known ?? String(await findLastingPort());
  await writeFile(note, port);
  return startTestServer(code, port, ["--server-data-dir", data, "--enable-smoke-test-driver"]);
}
