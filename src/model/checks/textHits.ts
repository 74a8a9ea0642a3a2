import * as l10n from "@vscode/l10n";
import { about } from "../sentence.ts";
import type { ExposedCapability } from "../server/catalogue.ts";
import type { Hit } from "./finding.ts";
import { type NamingText, namingText } from "./naming.ts";
import { placeOf } from "./places.ts";
import type { TextHit, TextRule } from "./rule.ts";
import { excerpt } from "./security/excerpt.ts";
import { scan, scanned } from "./security/scan.ts";
import type { TextRules } from "./textRules.ts";
import { type TextField, visitTexts } from "./texts.ts";

/** One hostile text may hit a thousand times; a person reads the first few. */
const MOST_A_TEXT = 5;

/** What the text rules find in all texts of a tool or prompt. */
export function textHits(
  shown: ExposedCapability,
  rules: TextRules,
  found: (rule: TextRule, hit: Hit) => void,
  naming: NamingText[],
): void {
  visitTexts(shown, (text, field, detail) => {
    const flags = scan(text);
    if (flags === 0) return;
    const named = namingText(shown, text, field, flags);
    if (named !== undefined) naming.push(named);
    const asked = rules.wanting(flags);
    if (asked.length === 0) return;
    const toCheck = scanned(text, flags);
    for (const rule of asked) {
      for (const hit of first(MOST_A_TEXT, rule.check(toCheck))) {
        found(rule, located(shown, { field, detail }, text, hit));
      }
    }
  });
}

function* first<T>(most: number, all: Iterable<T>): Iterable<T> {
  let count = 0;
  for (const each of all) {
    yield each;
    count += 1;
    if (count === most) return;
  }
}

interface TextPlace {
  readonly field: TextField;
  readonly detail: string | undefined;
}

function located(
  { kind, name }: ExposedCapability,
  place: TextPlace,
  text: string,
  { start, end, message, weak }: TextHit,
): Hit {
  const subject = { kind, name };
  return {
    message: about(placeInWords(place), message),
    subject,
    path: placeOf(subject, propertyOf(place)),
    evidence: { text, span: { offset: start, length: end - start } },
    ...(weak === true ? { weak } : {}),
  };
}

/** The property of the document whose value the text is; the upstream's texts aren't in it. */
function propertyOf({ field }: TextPlace): "alias" | "description" | undefined {
  if (field === "alias") return "alias";
  return field === "ownDescription" ? "description" : undefined;
}

function placeInWords({ field, detail }: TextPlace): string {
  const named = excerpt(detail ?? "", 0, detail?.length ?? 0);
  switch (field) {
    case "name":
      return l10n.t("Name");
    case "alias":
      return l10n.t("Alias");
    case "title":
      return l10n.t("Title");
    case "description":
    case "ownDescription":
      return l10n.t("Description");
    case "parameter":
      return named === "" ? l10n.t("Input schema") : l10n.t("Parameter {0}", named);
    case "result":
      return named === "" ? l10n.t("Output schema") : l10n.t("Result {0}", named);
    case "argument":
      return named === "" ? l10n.t("Arguments") : l10n.t("Argument {0}", named);
    case "annotation":
      return l10n.t("Annotations");
  }
}
