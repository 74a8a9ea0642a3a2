import * as l10n from "@vscode/l10n";
import type { TextRule } from "../rule.ts";
import { FLAG } from "./automaton.ts";
import { codesOf } from "./excerpt.ts";

/** A line that ends as Windows ends it isn't a finding. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
const CONTROLS = /(?:[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]|\r(?!\n))+/g;

/** Source: reports of ANSI sequences that hide text in a terminal. */
export const controlCharacters: TextRule = {
  of: "text",
  id: "security/control-characters",
  severity: "error",
  wants: (flags) => (flags & FLAG.unusual) !== 0,
  *check({ text }) {
    for (const { index, 0: found } of text.matchAll(CONTROLS)) {
      const message = l10n.t("Control characters: {0}.", codesOf([...found]));
      yield { start: index, end: index + found.length, message };
    }
  },
};

export function withoutControls(text: string): string {
  return text.replace(CONTROLS, "");
}
