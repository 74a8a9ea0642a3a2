import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { CACHE } from "./paths.ts";

const FONTS = [
  import.meta.resolve("@expo-google-fonts/inter"),
  import.meta.resolve("@expo-google-fonts/jetbrains-mono"),
];

/**
 * Writes a fontconfig file with only the fonts from npm, and returns its path. Pictures then look
 * the same everywhere, and machines without fonts show text.
 */
export async function writeFontConfig(): Promise<string> {
  const folder = join(CACHE, "fonts");
  const file = join(folder, "fonts.conf");
  const dirs = FONTS.map((url) => dirname(fileURLToPath(url)));
  await mkdir(folder, { recursive: true });
  await writeFile(file, fontConfig(dirs, join(folder, "cache")));
  return file;
}

const fontConfig = (dirs: readonly string[], cache: string): string => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
${dirs.map((dir) => `  <dir>${escapeXml(dir)}</dir>`).join("\n")}
  <cachedir>${escapeXml(cache)}</cachedir>
${alias("sans-serif", "Inter")}
${alias("system-ui", "Inter")}
${alias("serif", "Inter")}
${alias("monospace", "JetBrains Mono")}
</fontconfig>
`;

const alias = (family: string, font: string): string =>
  `  <alias binding="same"><family>${family}</family><prefer><family>${font}</family></prefer></alias>`;

const escapeXml = (text: string): string =>
  text.replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`);
