import * as l10n from "@vscode/l10n";
import { constAsEnum, keepingKeywords } from "../alterations.ts";
import type { Client } from "../client.ts";
import { REMARKABLE_KEYWORDS } from "../constructs.ts";
import { NAMINGS } from "../naming.ts";

const NAME_MOST = NAMINGS.codex.most;

/** `$defs` and `$ref` are gone too, once what they refer to stands in their place. */
const KEPT: ReadonlySet<string> = new Set([
  "$defs",
  "$ref",
  "additionalProperties",
  "anyOf",
  "definitions",
  "description",
  "enum",
  "items",
  "properties",
  "required",
  "type",
]);
/** A choice of several variants and a constant have rows of their own. */
const DROPPED: ReadonlySet<string> = new Set(
  [...REMARKABLE_KEYWORDS].filter((key) => !["allOf", "oneOf", "const"].includes(key)),
);
const SOURCE = "openai/codex, codex-rs, the schemas of tools";

/** OpenAI's Codex, read in its source. */
export const codex: Client = {
  id: "codex",
  name: "Codex",
  defers: { from: 100, source: "openai/codex, codex-rs", since: "October 2026" },
  rules: [
    {
      match: { of: "keyword", among: new Set(["const"]) },
      effect: "altered",
      why: () => l10n.t("Codex makes an enum of one value of it, which means the same."),
      source: SOURCE,
      since: "October 2026",
      alter: constAsEnum,
    },
    {
      match: { of: "construct", kind: "severalVariants" },
      effect: "altered",
      why: () => l10n.t("Codex removes it."),
      source: SOURCE,
      since: "October 2026",
      alter: keepingKeywords(KEPT),
    },
    {
      match: { of: "keyword", among: DROPPED },
      effect: "altered",
      why: () => l10n.t("Codex removes the keyword."),
      source: SOURCE,
      since: "October 2026",
      alter: keepingKeywords(KEPT),
    },
    {
      match: { of: "nameForm", form: /^[a-zA-Z0-9_-]*$/ },
      effect: "altered",
      why: () => l10n.t("Codex writes _ for every other character than letters, digits, _ and -."),
      source: "openai/codex, codex-rs, the names of tools",
      since: "October 2026",
    },
    {
      match: { of: "nameLength" },
      effect: "altered",
      why: () =>
        l10n.t("Codex puts a hash in place of the end of names over {0} characters.", NAME_MOST),
      source: "openai/codex, codex-rs, the names of tools",
      since: "October 2026",
    },
  ],
};
