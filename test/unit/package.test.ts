import { deepEqual } from "node:assert/strict";
import { cp, mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { listFiles, PackageManager } from "@vscode/vsce";
import { ROOT } from "../harness/paths.ts";
import { makeTemporaryFolder } from "../harness/temporary.ts";

const EXPECTED = [
  "CHANGELOG.md",
  "LICENSE",
  "README.md",
  "SUPPORT.md",
  "docs/checks.md",
  "l10n/bundle.l10n.de.json",
  "l10n/bundle.l10n.ja.json",
  "l10n/bundle.l10n.json",
  "media/activity.svg",
  "media/icon.png",
  "media/mcp-arguments.tmLanguage.json",
  "media/mcp-definition.tmLanguage.json",
  "media/mcp-portal.tmLanguage.json",
  "media/mcp-server.language.json",
  "media/mcp-server.tmLanguage.json",
  "package.json",
  "package.nls.de.json",
  "package.nls.ja.json",
  "package.nls.json",
];
/** Files that esbuild builds, and pictures that exist once for each theme. */
const MANY = [
  /^dist\/(extension|emulator|tokenizer)\.js$/,
  /^dist\/pages\/\w+\.(js|css)$/,
  /^dist\/chunks\/[\w-]+-[A-Z0-9]{8}\.js$/,
  /^media\/walkthrough\/\w+-(light|dark|hc|hcLight)\.png$/,
];

/** Folders that tools fill with tens of thousands of files. vsce looks at each, which takes 10 s. */
const FILLED = [".git", ".vscode-test", "node_modules", "out"];

/** The repository, with a single file in each folder that others fill. */
async function copyRepository(folder: string): Promise<void> {
  for (const name of await readdir(ROOT)) {
    if (!FILLED.includes(name)) {
      await cp(join(ROOT, name), join(folder, name), { recursive: true });
    }
  }
  for (const name of FILLED) {
    await mkdir(join(folder, name));
    await writeFile(join(folder, name, "index.js"), "");
  }
}

describe("the packaged extension", function () {
  this.timeout(60_000);

  it("has in it what people need, and nothing else", async () => {
    const folder = await makeTemporaryFolder("package");
    await copyRepository(folder.path);
    const files = await listFiles({ cwd: folder.path, packageManager: PackageManager.None });
    await folder.remove();
    const single = files.filter((path) => !MANY.some((pattern) => pattern.test(path)));
    deepEqual(single.sort(), EXPECTED);
  });
});
