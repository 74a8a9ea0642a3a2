import { deepEqual, ok } from "node:assert/strict";
import { execFile } from "node:child_process";
import { globSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { ROOT } from "../harness/paths.ts";

const FOLDERS = ["base", "domain", "cloudflare", "engine"];

/** Imports each given file. Nothing replaces VS Code here. */
const SCRIPT = `
const failed = [];
for (const url of process.argv.slice(1)) {
  await import(url).catch((error) => failed.push(url + ": " + error.message));
}
console.log(JSON.stringify(failed));
`;

describe("The folders below features and editor", () => {
  it("can be imported in plain Node, without VS Code", async function () {
    this.timeout(60_000);
    const files = FOLDERS.flatMap((folder) => globSync(`src/${folder}/**/*.ts`, { cwd: ROOT }));
    ok(files.length > FOLDERS.length);
    const urls = files.map((file) => pathToFileURL(join(ROOT, file)).href);
    const args = ["--input-type=module", "--eval", SCRIPT, "--", ...urls];
    const { stdout } = await promisify(execFile)(process.execPath, args);
    deepEqual(JSON.parse(stdout), []);
  });
});
