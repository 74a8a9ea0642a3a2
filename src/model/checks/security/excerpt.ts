import * as l10n from "@vscode/l10n";
import { replaceUnseen } from "./unseenParts.ts";

const MOST = 80;

/** A piece of untrusted text for a message: short, on one line, with nothing hidden in it. */
export function excerpt(text: string, start: number, end: number): string {
  const cut = text.slice(start, Math.min(end, start + MOST));
  const shown = visible(cut).replace(/\s+/g, " ").trim();
  return end > start + MOST ? `${shown}…` : shown;
}

/** The text with each character that can't be seen as its code point. */
export function visible(text: string): string {
  return replaceUnseen(text, bracketed).replace(ALWAYS_SHOWN, bracketed);
}

function bracketed(char: string): string {
  return `[${codeOf(char)}]`;
}

/** Controls but blanks and ends of lines, and what is honest at the beginning of a file alone. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
const ALWAYS_SHOWN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufeff]/g;

/** "U+200B". */
function codeOf(char: string): string {
  return `U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}

/** "U+200B U+2060, and 3 more". */
export function codesOf(chars: readonly string[]): string {
  const shown = chars.slice(0, 6).map(codeOf).join(" ");
  return chars.length > 6 ? l10n.t("{0} and {1} more", shown, chars.length - 6) : shown;
}
