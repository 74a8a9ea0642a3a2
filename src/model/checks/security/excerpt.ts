import * as l10n from "@vscode/l10n";
import { isUnseen } from "./letters.ts";

const MOST = 80;

/** A piece of untrusted text for a message: short, on one line, with nothing hidden in it. */
export function excerpt(text: string, start: number, end: number): string {
  const cut = text.slice(start, Math.min(end, start + MOST));
  const shown = visible(cut).replace(/\s+/g, " ").trim();
  return end > start + MOST ? `${shown}…` : shown;
}

/** The text with each character that can't be seen as its code point. */
export function visible(text: string): string {
  return [...text].map((char) => (isHiddenOrControl(char) ? codePoint(char) : char)).join("");
}

function isHiddenOrControl(char: string): boolean {
  const code = char.codePointAt(0) ?? 0;
  const isControl = (code < 32 && code !== 9 && code !== 10) || (code > 126 && code < 160);
  return isControl || isUnseen(code) || isPrivate(code);
}

export function isPrivate(code: number): boolean {
  return (
    (code >= 0xe000 && code <= 0xf8ff) ||
    (code >= 0xf0000 && code <= 0xffffd) ||
    (code >= 0x100000 && code <= 0x10fffd)
  );
}

function codePoint(char: string): string {
  return `[${codeOf(char)}]`;
}

/** "U+200B". */
export function codeOf(char: string): string {
  return `U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}

/** "U+200B U+2060, and 3 more". */
export function codesOf(chars: readonly string[]): string {
  const shown = chars.slice(0, 6).map(codeOf).join(" ");
  return chars.length > 6 ? l10n.t("{0} and {1} more", shown, chars.length - 6) : shown;
}
