import * as l10n from "@vscode/l10n";
import type { TextHit, TextRule } from "../rule.ts";
import { FLAG } from "./automaton.ts";
import { codesOf } from "./excerpt.ts";
import { replaceUnseen, unseenIn } from "./unseenParts.ts";

/** Source: mcpproxy-go's Unicode checks. */
export const hiddenCharacters: TextRule = {
  of: "text",
  id: "security/hidden-characters",
  severity: "error",
  wants: (flags) => (flags & FLAG.unusual) !== 0,
  *check({ text }) {
    let run: { readonly start: number; end: number; readonly chars: string[] } | undefined;
    for (const { start, char } of unseenIn(text)) {
      if (run !== undefined && run.end === start) {
        run.end += char.length;
        run.chars.push(char);
      } else {
        if (run !== undefined) yield hitOf(run.start, run.end, run.chars);
        run = { start, end: start + char.length, chars: [char] };
      }
    }
    if (run !== undefined) yield hitOf(run.start, run.end, run.chars);
  },
};

/** The text as it looks. Used to offer a description without what is hidden in it. */
export function withoutHidden(text: string): string {
  return replaceUnseen(text, () => "");
}

function hitOf(start: number, end: number, chars: readonly string[]): TextHit {
  const decoded = decodeTags(chars);
  const message =
    decoded === ""
      ? l10n.t("Hidden characters: {0}.", codesOf(chars))
      : l10n.t('Hidden characters: {0}. They read "{1}".', codesOf(chars), decoded);
  return { start, end, message };
}

/** Tags are ASCII, moved to where no font shows it. */
function decodeTags(chars: readonly string[]): string {
  return chars
    .map((char) => (char.codePointAt(0) ?? 0) - 0xe0000)
    .filter((code) => code >= 32 && code < 127)
    .map((code) => String.fromCharCode(code))
    .join("")
    .slice(0, 120);
}
