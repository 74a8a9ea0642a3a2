import { getL10nPseudoLocalized } from "@vscode/l10n-dev";
import type { Bundle } from "./strings.ts";

const OPEN = "«";
const CLOSE = "»";

/**
 * A translation that anybody can read and nobody can overlook: "«Şẏƞƈ {0}»". Text outside the
 * brackets was added without the translator.
 */
export function pseudoLocalized(bundle: Bundle): Record<string, string> {
  const texts = Object.entries(getL10nPseudoLocalized(bundle));
  return Object.fromEntries(texts.map(([key, text]) => [key, bracketed(wordsOf(text))]));
}

/**
 * Puts brackets around each line, because a line of a welcome view that is only a link becomes a
 * button.
 */
function bracketed(text: string): string {
  return text
    .split("\n")
    .map((line) => {
      const [, label, target] = /^\[(.+)\](\(.+\))$/.exec(line) ?? [];
      return label === undefined ? `${OPEN}${line}${CLOSE}` : `[${OPEN}${label}${CLOSE}]${target}`;
    })
    .join("\n");
}

function wordsOf(text: Bundle[string]): string {
  return typeof text === "string" ? text : text.message;
}

/** The parts of a shown text that don't come from a translation. */
export function untranslated(shown: string): string {
  let depth = 0;
  return [...shown]
    .filter((letter) => {
      if (letter === OPEN) {
        depth += 1;
      }
      if (letter === CLOSE) {
        depth -= 1;
      }
      return depth === 0 && letter !== CLOSE;
    })
    .join("");
}
