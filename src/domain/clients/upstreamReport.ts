import * as l10n from "@vscode/l10n";
import { listed } from "../../base/text.ts";
import type { Capability } from "../catalogue/capability.ts";
import { ALL_CLIENTS } from "./allClients.ts";
import type { ClientRule } from "./client.ts";
import { constructsOf, type Occurrence } from "./constructs.ts";
import { constructInWords, rulesWhere } from "./constructWords.ts";

/**
 * A short text for those who wrote a tool: where in its definition what is wrong, what each client
 * does about it, and who says so. Undefined where no client minds anything in the definition. Names
 * and pointers in it are the upstream's own; overrides and addresses stay out.
 */
export function upstreamReport({ name, source }: Capability): string | undefined {
  const { kinds, keywords } = constructsOf(source);
  const parts: string[] = [];
  for (const [kind, { first }] of kinds) {
    const rules = rulesWhere(({ match }) => match.of === "construct" && match.kind === kind);
    parts.push(...partsOf(first, rules, (occurrence) => constructInWords(kind, occurrence)));
  }
  for (const [keyword, { first }] of keywords) {
    const rules = rulesWhere(
      ({ match, effect }) =>
        match.of === "keyword" && match.among.has(keyword) && effect === "refused",
    );
    parts.push(...partsOf(first, rules, (occurrence) => constructInWords("keyword", occurrence)));
  }
  if (parts.length === 0) {
    return undefined;
  }
  const title = l10n.t("The definition of the tool {0} isn't taken as it is by MCP clients:", name);
  return `${[title, ...parts].join("\n\n")}\n`;
}

function partsOf(
  occurrences: readonly Occurrence[],
  rules: readonly ClientRule[],
  inWords: (occurrence: Occurrence) => string,
): readonly string[] {
  if (rules.length === 0) {
    return [];
  }
  const consequences = rules.map((rule) => `  - ${consequenceOf(rule)}`);
  const places = occurrences.map((occurrence) =>
    [`- ${occurrence.pointer}`, `  ${inWords(occurrence)}`].join("\n"),
  );
  return [[...places, ...consequences].join("\n")];
}

function consequenceOf(rule: ClientRule): string {
  const clients = ALL_CLIENTS.filter(({ rules }) => rules.includes(rule)).map(({ name }) => name);
  return l10n.t({
    message: "{0}: {1} Source: {2}.",
    args: [listed(clients), rule.why(), rule.source],
    comment: ["The clients, what they do with a tool, and who says so"],
  });
}
