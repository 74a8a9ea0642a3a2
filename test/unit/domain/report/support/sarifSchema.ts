import { readFileSync } from "node:fs";
import ajvDraft04 from "ajv-draft-04";

/**
 * OASIS's own. Its formats are left out, because ajv needs another package for them, and one of its
 * patterns isn't valid with the flag `u`.
 */
const schema = JSON.parse(readFileSync(new URL("sarif-2.1.0-rtm.5.json", import.meta.url), "utf8"));

/** Tells whether a value is a SARIF 2.1.0 log; `errors` says why not. */
export const isSarif = new ajvDraft04.default({
  strict: false,
  validateFormats: false,
  unicodeRegExp: false,
}).compile(schema);
