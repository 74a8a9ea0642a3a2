import * as l10n from "@vscode/l10n";
import {
  withDescription,
  withoutTopKeywords,
  withoutUnknownRequired,
  withProperties,
} from "../alterations.ts";
import type { Client } from "../client.ts";
import { PARAMETER_TEXT_MOST } from "../constructs.ts";
import { NAMINGS } from "../naming.ts";

const NAME_MOST = NAMINGS.vscode.most;

const NORMALIZER = "VS Code's bundle, toolSchemaNormalizer";

/** Keywords that models `gpt-4*` don't get. */
const GPT4_KEYWORDS: ReadonlySet<string> = new Set([
  "contains",
  "default",
  "format",
  "maxContains",
  "maxItems",
  "maxLength",
  "maxProperties",
  "maximum",
  "minContains",
  "minItems",
  "minLength",
  "minProperties",
  "minimum",
  "multipleOf",
  "pattern",
  "patternProperties",
  "propertyNames",
  "unevaluatedItems",
  "unevaluatedProperties",
  "uniqueItems",
]);

/** Copilot Chat in VS Code. Read in the shipped bundles of 1.110.0 and 1.139.1. */
export const vscode: Client = {
  id: "vscode",
  name: "VS Code",
  limit: {
    most: 128,
    effect: "refused",
    why: () => l10n.t("The request fails, where the model can't search for tools."),
    source: "VS Code's bundle",
    since: "1.110",
    models: () => l10n.t("models without tool search"),
  },
  defers: {
    from: 129,
    source: "VS Code's bundle",
    since: "1.110",
    models: () => l10n.t("gpt-5.4 and later, Claude 4.5 and later"),
  },
  rules: [
    {
      match: { of: "construct", kind: "inputNotObject" },
      effect: "dropped",
      why: () => l10n.t("VS Code leaves the tool out, with a warning in its log."),
      source: "VS Code's bundle, the schema of tools' parameters",
      since: "1.110",
    },
    {
      match: { of: "construct", kind: "illegalValue" },
      effect: "dropped",
      why: () => l10n.t("VS Code leaves the tool out, with a warning in its log."),
      source: "VS Code's bundle, validation against draft-07",
      since: "1.110",
    },
    {
      match: { of: "construct", kind: "notDraft07" },
      effect: "dropped",
      why: () => l10n.t("VS Code leaves the tool out, because it takes draft-07 only."),
      source: "VS Code's bundle, validation against draft-07",
      since: "1.110",
    },
    {
      match: { of: "construct", kind: "hiddenFromModels" },
      effect: "dropped",
      why: () => l10n.t("VS Code gives the tool to the pages of MCP Apps, and to no model."),
      source: "VS Code's source, McpToolVisibility in mcpServer.ts; MCP Apps, tool visibility",
      since: "1.110",
    },
    {
      match: { of: "construct", kind: "arrayWithoutItems" },
      effect: "refused",
      loses: "request",
      why: () => l10n.t('VS Code fails the request: "Failed to validate tool".'),
      source: "microsoft/vscode#284536, #246119",
      since: "1.110",
    },
    {
      match: { of: "construct", kind: "topCombiner" },
      effect: "altered",
      why: () => l10n.t("VS Code removes it without a word."),
      source: NORMALIZER,
      since: "1.110",
      alter: withoutTopKeywords(["oneOf", "anyOf", "allOf"]),
    },
    {
      match: { of: "construct", kind: "topCondition" },
      effect: "altered",
      why: () => l10n.t("VS Code removes it without a word."),
      source: NORMALIZER,
      since: "1.110",
      alter: withoutTopKeywords(["not", "if", "then", "else"]),
    },
    {
      match: { of: "construct", kind: "requiredUnknown" },
      effect: "altered",
      why: () => l10n.t("VS Code removes the name."),
      source: NORMALIZER,
      since: "1.110",
      alter: withoutUnknownRequired,
    },
    {
      match: { of: "construct", kind: "noProperties" },
      effect: "altered",
      why: () => l10n.t("VS Code adds an empty list of properties, which means the same."),
      source: NORMALIZER,
      since: "1.110",
      alter: withProperties,
    },
    {
      match: { of: "noDescription" },
      effect: "altered",
      why: () => l10n.t("VS Code writes <empty> in its place."),
      source: "microsoft/vscode#243919",
      since: "1.110",
      alter: withDescription(() => "<empty>"),
    },
    {
      match: { of: "nameForm", form: /^[a-zA-Z0-9_-]*$/ },
      effect: "altered",
      why: () =>
        l10n.t("VS Code writes _ for every other character than letters, digits, _ and -."),
      source: "VS Code's source, McpToolName in mcpTypes.ts",
      since: "1.110",
    },
    {
      match: { of: "nameLength" },
      effect: "altered",
      why: () => l10n.t("VS Code cuts the name after {0} characters.", NAME_MOST),
      source: "VS Code's source, McpToolName in mcpTypes.ts",
      since: "1.110",
    },
    {
      match: { of: "sameName" },
      effect: "dropped",
      why: () => l10n.t("VS Code can't tell it from another tool, and never calls it."),
      source: "VS Code's source, McpToolName in mcpTypes.ts",
      since: "1.110",
    },
    {
      match: { of: "keyword", among: GPT4_KEYWORDS },
      effect: "altered",
      why: () => l10n.t("VS Code removes the keyword."),
      source: NORMALIZER,
      since: "1.110",
      models: () => "gpt-4*",
    },
    {
      match: { of: "construct", kind: "longText" },
      effect: "altered",
      why: () => l10n.t("VS Code cuts the text after {0} characters.", PARAMETER_TEXT_MOST),
      source: NORMALIZER,
      since: "1.110",
      models: () => "gpt-4*",
    },
    {
      match: { of: "construct", kind: "tuple" },
      effect: "altered",
      why: () => l10n.t("VS Code makes a choice of the list: every item may be any of them."),
      source: NORMALIZER,
      since: "1.110",
      models: () => "gpt-4*, claude-*, o4*",
    },
    {
      match: { of: "construct", kind: "nullableType" },
      effect: "altered",
      why: () => l10n.t("VS Code rewrites the type."),
      source: NORMALIZER,
      since: "1.110",
      models: () => "gemini-*",
    },
  ],
};
