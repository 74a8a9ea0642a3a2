import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { getL10nJson, type l10nJsonFormat } from "@vscode/l10n-dev";
import { ROOT } from "../harness/paths.ts";

export type Bundle = l10nJsonFormat;

/** Named in package.json; translations lie beside it as `bundle.l10n.<language>.json`. */
export const BUNDLE = join(ROOT, "l10n", "bundle.l10n.json");

/** The emulator is a program of its own, and answers as Cloudflare does: in English. */
export function localizedSources(): readonly string[] {
  return globSync("src/**/*.ts", { cwd: ROOT })
    .filter((path) => !path.startsWith(join("src", "emulator")))
    .map((path) => join(ROOT, path))
    .sort();
}

/** Every string that the sources hand to `l10n.t`, sorted, so that two changes seldom meet. */
export async function exportStrings(): Promise<Bundle> {
  const sources = localizedSources().map((path) => ({
    extension: ".ts",
    contents: readFileSync(path, "utf8"),
  }));
  const strings = Object.entries(await getL10nJson(sources));
  return Object.fromEntries(strings.sort(([a], [b]) => (a < b ? -1 : 1)));
}
