import * as l10n from "@vscode/l10n";
import type { TextHit, TextRule } from "../rule.ts";
import { FLAG } from "./automaton.ts";
import { codesOf, isPrivate } from "./excerpt.ts";

/** Source: mcpproxy-go's Unicode checks. */
export const hiddenCharacters: TextRule = {
  of: "text",
  id: "security/hidden-characters",
  severity: "error",
  wants: (flags) => (flags & FLAG.unusual) !== 0,
  *check({ text }) {
    let run: { readonly start: number; end: number; readonly chars: string[] } | undefined;
    for (const { start, char } of hiddenIn(text)) {
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
  let kept = "";
  let from = 0;
  for (const { start, char } of hiddenIn(text)) {
    kept += text.slice(from, start);
    from = start + char.length;
  }
  return kept + text.slice(from);
}

function* hiddenIn(text: string): Iterable<{ start: number; char: string }> {
  const flags = flagTags(text);
  for (let start = 0; start < text.length; ) {
    const code = text.codePointAt(start) ?? 0;
    const char = String.fromCodePoint(code);
    if (code > 126 && isHidden(code) && !isHonest(text, start, code, flags)) yield { start, char };
    start += char.length;
  }
}

function isHidden(code: number): boolean {
  return (
    (code >= 0x200b && code <= 0x200f) ||
    (code >= 0x202a && code <= 0x202e) ||
    (code >= 0x2060 && code <= 0x206f) ||
    (code >= 0xe0000 && code <= 0xe007f) ||
    code === 0xfeff ||
    code === 0xad ||
    code === 0x180e ||
    code === 0x61c ||
    code === 0x34f ||
    code === 0x17b4 ||
    code === 0x17b5 ||
    code === 0x2800 ||
    (code >= 0xfff9 && code <= 0xfffb) ||
    (code >= 0x1d173 && code <= 0x1d17a) ||
    code === 0x3164 ||
    code === 0xffa0 ||
    code === 0x115f ||
    code === 0x1160 ||
    isSelector(code) ||
    isPrivate(code)
  );
}

function isSelector(code: number): boolean {
  return (code >= 0xfe00 && code <= 0xfe0f) || (code >= 0xe0100 && code <= 0xe01ef);
}

const BEFORE = /(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\ufe0f|\u20e3)$/u;
const AFTER = /^\p{Extended_Pictographic}/u;
const RTL = /[\p{sc=Arab}\p{sc=Hebr}\p{sc=Syrc}\p{sc=Thaa}\p{sc=Nko}]/u;
/** Scripts that are written with joiners and non-joiners. */
const JOINED =
  /[\p{sc=Arab}\p{sc=Syrc}\p{sc=Mong}\p{sc=Deva}\p{sc=Beng}\p{sc=Guru}\p{sc=Gujr}\p{sc=Orya}\p{sc=Taml}\p{sc=Telu}\p{sc=Knda}\p{sc=Mlym}\p{sc=Sinh}\p{sc=Khmr}\p{sc=Mymr}]/u;

/** What a writer of emoji, Persian, Hindi or Hebrew can't do without. */
function isHonest(text: string, start: number, code: number, flags: ReadonlySet<number>): boolean {
  if (code === 0xfeff) return start === 0;
  if (flags.has(start)) return true;
  const before = text.slice(Math.max(0, start - 2), start);
  const after = text.slice(start + 1, start + 3);
  if (isSelector(code))
    return start > 0 && !isSelector(before.codePointAt(before.length - 1) ?? 0) && code < 0xe0000;
  if (code === 0x200d && BEFORE.test(before) && AFTER.test(after)) return true;
  if (code === 0x200c || code === 0x200d) return JOINED.test(before) && JOINED.test(after);
  const isMark = code === 0x200e || code === 0x200f || code === 0x61c;
  return isMark && (RTL.test(before) || RTL.test(after));
}

/** Where the tags of a flag such as Scotland's stand: after a black flag, six at most, ended. */
function flagTags(text: string): ReadonlySet<number> {
  const places = new Set<number>();
  for (const { index, 0: flag } of text.matchAll(
    /\u{1f3f4}[\u{e0030}-\u{e0039}\u{e0061}-\u{e007a}]{3,6}\u{e007f}/gu,
  )) {
    for (let at = index + 2; at < index + flag.length; at += 2) places.add(at);
  }
  return places;
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
