import { deepEqual } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { BUNDLE, exportStrings } from "../../l10n/strings.ts";

describe("the bundle for translators", function () {
  this.timeout(120_000);

  it("has the strings that the sources have: if not, run npm run l10n", async () => {
    deepEqual(JSON.parse(readFileSync(BUNDLE, "utf8")), await exportStrings());
  });
});
