import { join } from "node:path";
import { packageFolder } from "../../harness/build.ts";
import { installExtension } from "../../harness/codeServer.ts";
import { fetchCode } from "../../harness/fetchCode.ts";
import { installPackaged } from "../../harness/installPackaged.ts";
import { CACHE } from "../../harness/paths.ts";
import { CODE_VERSIONS } from "../../harness/versions.ts";

/**
 * Installs the packaged extension, and next to it in the same extension host the probe that
 * measures it.
 */
export async function installMeasured(): Promise<void> {
  await installPackaged("bench");
  const home = join(CACHE, "bench");
  const vsix = join(home, "probe.vsix");
  await packageFolder(join(import.meta.dirname, "probe"), vsix);
  const profile = { userData: join(home, "user"), extensions: join(home, "extensions") };
  await installExtension(await fetchCode(CODE_VERSIONS.latest), profile, vsix);
}
