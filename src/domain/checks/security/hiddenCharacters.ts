import * as l10n from "@vscode/l10n";
import { CONTROLS, codeOf, unseenIn } from "../../../base/unseen.ts";
import { HIDDEN_FIXES, type TextHit, type TextRule } from "../rule.ts";
import { SHAPE } from "./shapes.ts";

/** Source: mcpproxy-go's Unicode checks. */
export const hiddenCharacters: TextRule = {
  of: "text",
  id: "security/hidden-characters",
  severity: "error",
  fixes: HIDDEN_FIXES,
  requires: { shapes: SHAPE.unusual },
  *check({ text }) {
    let run: { readonly start: number; end: number; readonly chars: string[] } | undefined;
    for (const { start, char } of unseenIn(text)) {
      if (run !== undefined && run.end === start) {
        run.end += char.length;
        run.chars.push(char);
      } else {
        if (run !== undefined) {
          yield hitOf(run.start, run.end, run.chars);
        }
        run = { start, end: start + char.length, chars: [char] };
      }
    }
    if (run !== undefined) {
      yield hitOf(run.start, run.end, run.chars);
    }
  },
};

function hitOf(start: number, end: number, chars: readonly string[]): TextHit {
  const decoded = decodeTags(chars);
  const message =
    decoded === ""
      ? l10n.t("Hidden characters: {0}.", codesOf(chars))
      : l10n.t('Hidden characters: {0}. They read "{1}".', codesOf(chars), decoded);
  return { start, end, message };
}

/** Unicode tags mirror ASCII at code points that no font shows. */
function decodeTags(chars: readonly string[]): string {
  return chars
    .map((char) => (char.codePointAt(0) ?? 0) - 0xe0000)
    .filter((code) => code >= 32 && code < 127)
    .map((code) => String.fromCharCode(code))
    .join("")
    .slice(0, 120);
}

/** Source: reports of ANSI sequences that hide text in a terminal. */
export const controlCharacters: TextRule = {
  of: "text",
  id: "security/control-characters",
  severity: "error",
  fixes: HIDDEN_FIXES,
  requires: { shapes: SHAPE.unusual },
  *check({ text }) {
    for (const { index, 0: run } of text.matchAll(CONTROLS)) {
      const codes = codesOf([...run.slice(0, SHOWN)], run.length);
      const message = l10n.t("Control characters: {0}.", codes);
      yield { start: index, end: index + run.length, message };
    }
  },
};

/** Most characters of a run whose codes a message gives. */
const SHOWN = 6;

/** Gives "U+200B U+2060 and 3 more". */
function codesOf(chars: readonly string[], count = chars.length): string {
  const shown = chars.slice(0, SHOWN).map(codeOf).join(" ");
  return count > SHOWN ? l10n.t("{0} and {1} more", shown, count - SHOWN) : shown;
}
