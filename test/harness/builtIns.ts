import { existsSync } from "node:fs";
import { symlink } from "node:fs/promises";
import { join } from "node:path";
import type { Code } from "./fetchCode.ts";
import { makeTemporaryFolder } from "./temporary.ts";

/**
 * VS Code's own extensions that a window of the tests has: themes and icons, and what edits JSON,
 * settings and Markdown and shows pictures. Without the ninety others it takes 5.0 s of the
 * processor's time to open instead of 6.3 s.
 */
const KEPT = [
  "configuration-editing",
  "json",
  "json-language-features",
  "markdown-basics",
  "markdown-language-features",
  "media-preview",
  "theme-defaults",
  "theme-modern-icons",
  "theme-seti",
];

const linked = new Map<string, Promise<string>>();

/** A folder with links to the extensions that are kept, of which this program makes one. */
export function builtInExtensions(code: Code): Promise<string> {
  const folder = linked.get(code.folder) ?? link(join(code.folder, "lib", "vscode", "extensions"));
  linked.set(code.folder, folder);
  return folder;
}

async function link(all: string): Promise<string> {
  const { path } = await makeTemporaryFolder("built-in");
  // A VS Code has some of them under another name, or not yet.
  for (const name of KEPT.filter((each) => existsSync(join(all, each)))) {
    await symlink(join(all, name), join(path, name), "junction");
  }
  return path;
}
