import { existsSync } from "node:fs";
import { cp } from "node:fs/promises";
import { join } from "node:path";
import { packageOpener } from "./build.ts";
import { installExtension, type Profile } from "./codeServer.ts";
import { type Code, fetchCode } from "./fetchCode.ts";
import { CACHE, VSIX } from "./paths.ts";
import { makeFolder, writeSettings } from "./profile.ts";
import { CODE_VERSIONS } from "./versions.ts";

/** The window of `npm start`. It is created once and kept, so that the user's settings stay. */
export interface Playground {
  readonly code: Code;
  readonly profile: Profile;
  readonly folder: string;
}

export async function preparePlayground(home = join(CACHE, "start")): Promise<Playground> {
  const code = await fetchCode(CODE_VERSIONS.latest);
  await makeFolder(home);
  const profile = { userData: join(home, "user"), extensions: join(home, "extensions") };
  if (!existsSync(join(profile.userData, "User"))) {
    await writeSettings(profile.userData, {});
  }

  console.log("Installing the extension…");
  await installExtension(code, profile, VSIX);
  const opener = join(home, "opener.vsix");
  if (!existsSync(opener)) {
    await packageOpener(opener);
    await installExtension(code, profile, opener);
  }
  return { code, profile, folder: await sampleFolder(home) };
}

/** A copy of the sample, which can be edited without a change to this repository. */
export async function sampleFolder(home: string): Promise<string> {
  const folder = join(home, "sample");
  if (!existsSync(folder)) {
    await cp(join(import.meta.dirname, "sample"), folder, { recursive: true });
  }
  return folder;
}
