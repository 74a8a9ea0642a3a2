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
  const groups = Map.groupBy(
    localizedSources().map((path) => readFileSync(path, "utf8")),
    (source) => [...importsOf(source)].sort().join("\n"),
  );
  const found = await getL10nJson([...groups].map(([imports, sources]) => asOne(imports, sources)));
  const strings = Object.entries(found);
  return Object.fromEntries(strings.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** What a source imports `l10n` from, and by which name. */
const IMPORT = /^import\s[^;]*?\sfrom "(?:vscode|@vscode\/l10n)";$/gm;

const importsOf = (source: string): readonly string[] => source.match(IMPORT) ?? [];

/**
 * Joins sources that import it alike. The exporter compiles a query for each import that it meets,
 * 60 ms a piece: source by source the whole takes it 9.2 s of the processor's time, and so 0.9 s.
 */
function asOne(imports: string, sources: readonly string[]) {
  const contents = [imports, ...sources.map((source) => source.replaceAll(IMPORT, ""))].join("\n");
  return { extension: ".ts" as const, contents };
}
