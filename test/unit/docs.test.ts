import { deepEqual, ok } from "node:assert/strict";
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { ROOT } from "../harness/paths.ts";

describe("the documents for people who work on this", () => {
  it("name files that there are", async () => {
    const docs = (await readdir(join(ROOT, "docs"))).map((name) => join("docs", name));
    const named: string[] = [];
    for (const path of [...docs, "CONTRIBUTING.md"].filter((name) => name.endsWith(".md"))) {
      const text = await readFile(join(ROOT, path), "utf8");
      named.push(...(text.match(/(?<=`)(?:src|test|media)\/[\w./-]+\.\w+(?=`)/gu) ?? []));
    }
    ok(named.length > 20);
    deepEqual(
      named.filter((path) => !existsSync(join(ROOT, path))),
      [],
    );
  });
});
