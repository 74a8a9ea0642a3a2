import { parseArgs } from "node:util";
import { packageExtension } from "./build.ts";
import { startCodeServer } from "./codeServer.ts";
import { startDesktop } from "./desktop.ts";
import { endAll } from "./lifetime.ts";
import { preparePlayground } from "./playground.ts";
import { isFree } from "./ports.ts";
import { CODE_VERSIONS } from "./versions.ts";

/** `npm start`: a real VS Code with the packaged extension, until Ctrl+C. */
const PREFERRED_PORT = 8100;

const { values } = parseArgs({
  options: {
    port: { type: "string" },
    desktop: { type: "boolean" },
    /** A folder for settings and extensions, in place of the one that is kept. */
    profile: { type: "string" },
  },
});

try {
  process.exitCode = await main();
} catch (error) {
  console.error(`\n${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
} finally {
  await endAll();
}

async function main(): Promise<number> {
  const desktop = values.desktop === true || process.platform === "win32";
  console.log("Building and packaging the extension…");
  await packageExtension();
  return desktop ? startDesktop() : startInBrowser();
}

async function startInBrowser(): Promise<number> {
  const { code, profile, folder } = await preparePlayground(values.profile);
  const server = await startCodeServer(code, profile, await port(), folder);
  const { vscode } = CODE_VERSIONS.latest;
  console.log(`
VS Code ${vscode} with MCP Portals is at

    http://${server.authority}/

"Open Demo Account" in its side bar needs no Cloudflare account. Ctrl+C ends everything.`);
  return server.tree.ended;
}

/** The port that was asked for, or the preferred one, or any free one. */
async function port(): Promise<number> {
  if (values.port === undefined) {
    return (await isFree(PREFERRED_PORT)) ? PREFERRED_PORT : 0;
  }
  const asked = Number(values.port);
  if (Number.isInteger(asked) && asked >= 0 && asked < 65_536) {
    return asked;
  }
  throw new Error("--port is a number from 0 to 65535.");
}
