import * as l10n from "@vscode/l10n";
import { HIDDEN_FIXES, type TextHit, type TextRule } from "../rule.ts";
import { FLAG } from "./prefilter.ts";
import { replaceUnseen, unseenIn } from "./unseen.ts";

/** Source: mcpproxy-go's Unicode checks. */
export const hiddenCharacters: TextRule = {
  of: "text",
  id: "security/hidden-characters",
  severity: "error",
  fixes: HIDDEN_FIXES,
  wants: (flags) => (flags & FLAG.unusual) !== 0,
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

/** The text without its hidden characters, as a reader sees it. */
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

/** Unicode tags mirror ASCII at code points that no font shows. */
function decodeTags(chars: readonly string[]): string {
  return chars
    .map((char) => (char.codePointAt(0) ?? 0) - 0xe0000)
    .filter((code) => code >= 32 && code < 127)
    .map((code) => String.fromCharCode(code))
    .join("")
    .slice(0, 120);
}

/** Matches no `\r` of a Windows line end. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the pattern looks for these characters.
const CONTROLS = /(?:[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]|\r(?!\n))+/g;

/** Source: reports of ANSI sequences that hide text in a terminal. */
export const controlCharacters: TextRule = {
  of: "text",
  id: "security/control-characters",
  severity: "error",
  fixes: HIDDEN_FIXES,
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

const MOST = 80;

/**
 * A part of an untrusted text for a message: on one line, bounded in length, with hidden characters
 * shown.
 */
export function excerpt(text: string, start: number, end: number): string {
  const cut = text.slice(start, Math.min(end, start + MOST));
  const shown = visible(cut).replace(/\s+/g, " ").trim();
  return end > start + MOST ? `${shown}…` : shown;
}

/** Replaces each invisible character by its code point. */
export function visible(text: string): string {
  return replaceUnseen(text, bracketed).replace(ALWAYS_SHOWN, bracketed);
}

function bracketed(char: string): string {
  return `[${codeOf(char)}]`;
}

/**
 * All controls except tab and newline, and the byte order mark, which `isHonest` accepts at the
 * beginning of a text.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the pattern looks for these characters.
const ALWAYS_SHOWN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufeff]/g;

/** Gives "U+200B". */
function codeOf(char: string): string {
  return `U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}

/** Gives "U+200B U+2060 and 3 more". */
function codesOf(chars: readonly string[]): string {
  const shown = chars.slice(0, 6).map(codeOf).join(" ");
  return chars.length > 6 ? l10n.t("{0} and {1} more", shown, chars.length - 6) : shown;
}
