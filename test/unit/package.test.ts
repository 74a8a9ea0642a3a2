import { deepEqual } from "node:assert/strict";
import { listFiles, PackageManager } from "@vscode/vsce";
import { ROOT } from "../harness/paths.ts";

const EXPECTED = [
  "CHANGELOG.md",
  "LICENSE",
  "README.md",
  "SUPPORT.md",
  "docs/checks.md",
  "l10n/bundle.l10n.json",
  "media/activity.svg",
  "media/icon.png",
  "media/mcp-server.language.json",
  "media/mcp-server.tmLanguage.json",
  "package.json",
  "package.nls.json",
];
/** Built by esbuild, and pictures that each theme has its own of. */
const MANY = [
  /^dist\/(extension|emulator)\.js$/,
  /^dist\/chunks\/[\w-]+-[A-Z0-9]{8}\.js$/,
  /^media\/walkthrough\/\w+-(light|dark|hc|hcLight)\.png$/,
];

describe("the packaged extension", function () {
  // vsce looks at every file that lies here, those of the VS Codes that tests have fetched too.
  this.timeout(60_000);

  it("has in it what people need, and nothing else", async () => {
    const files = await listFiles({ cwd: ROOT, packageManager: PackageManager.None });
    const single = files.filter((path) => !MANY.some((pattern) => pattern.test(path)));
    deepEqual(single.sort(), EXPECTED);
  });
});
