import { rm } from "node:fs/promises";
import { join } from "node:path";
import { packageExtension } from "./build.ts";
import { installExtension } from "./codeServer.ts";
import { fetchCode } from "./fetchCode.ts";
import { CACHE, VSIX } from "./paths.ts";
import { makeFolder } from "./profile.ts";
import { CODE_VERSIONS } from "./versions.ts";

/**
 * Packages the extension and installs it in a new folder, for the windows that this program opens.
 */
export async function installPackaged(purpose: string): Promise<void> {
  await packageExtension();
  const home = join(CACHE, purpose);
  await rm(home, { recursive: true, force: true });
  await makeFolder(home);
  const extensions = join(home, "extensions");
  const code = await fetchCode(CODE_VERSIONS.latest);
  await installExtension(code, { userData: join(home, "user"), extensions }, VSIX);
  process.env["MCP_PORTALS_TEST_EXTENSIONS"] = extensions;
}
