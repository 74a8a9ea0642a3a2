/** Pairs of code points, in ascending order. */
type Ranges = readonly (readonly [first: number, last: number])[];

/** Characters without width, and tags. They may stand inside a word without dividing it. */
const WIDTHLESS: Ranges = [
  [0xad, 0xad],
  [0x34f, 0x34f],
  [0x61c, 0x61c],
  [0x17b4, 0x17b5],
  [0x180e, 0x180e],
  [0x200b, 0x200f],
  [0x202a, 0x202e],
  [0x2060, 0x206f],
  [0xfe00, 0xfe0f],
  [0xfeff, 0xfeff],
  [0xfff9, 0xfffb],
  [0x1d173, 0x1d17a],
  [0xe0000, 0xe01ef],
];

/** Letters and patterns that fonts draw as a blank. */
const BLANK: Ranges = [
  [0x115f, 0x1160],
  [0x2800, 0x2800],
  [0x3164, 0x3164],
  [0xffa0, 0xffa0],
];

/** Private-use characters. Their look, if any, depends on the font. */
const PRIVATE: Ranges = [
  [0xe000, 0xf8ff],
  [0xf0000, 0xffffd],
  [0x100000, 0x10fffd],
];

export function isWidthless(code: number): boolean {
  return isIn(WIDTHLESS, code);
}

/** True for a code point that a reader can't see in a text. */
function isUnseen(code: number): boolean {
  return isIn(WIDTHLESS, code) || isIn(BLANK, code) || isIn(PRIVATE, code);
}

function isIn(ranges: Ranges, code: number): boolean {
  for (const [first, last] of ranges) {
    if (code <= last) {
      return code >= first;
    }
  }
  return false;
}

interface UnseenPart {
  readonly start: number;
  readonly char: string;
}

/** The invisible characters of a text, except those that honest writing needs. */
export function* unseenIn(text: string): Iterable<UnseenPart> {
  const flags = flagTags(text);
  for (let start = 0; start < text.length; ) {
    const code = text.codePointAt(start) ?? 0;
    const char = String.fromCodePoint(code);
    if (code > 126 && isUnseen(code) && !isHonest(text, start, code, flags)) {
      yield { start, char };
    }
    start += char.length;
  }
}

function replaceUnseen(text: string, by: (char: string) => string): string {
  let replaced = "";
  let from = 0;
  for (const { start, char } of unseenIn(text)) {
    replaced += text.slice(from, start) + by(char);
    from = start + char.length;
  }
  return replaced + text.slice(from);
}

function isSelector(code: number): boolean {
  return (code >= 0xfe00 && code <= 0xfe0f) || (code >= 0xe0100 && code <= 0xe01ef);
}

const BEFORE = /(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\ufe0f|\u20e3)$/u;
const AFTER = /^\p{Extended_Pictographic}/u;
const RTL = /[\p{sc=Arab}\p{sc=Hebr}\p{sc=Syrc}\p{sc=Thaa}\p{sc=Nko}]/u;
/** Scripts that use joiners and non-joiners. */
const JOINED =
  /[\p{sc=Arab}\p{sc=Syrc}\p{sc=Mong}\p{sc=Deva}\p{sc=Beng}\p{sc=Guru}\p{sc=Gujr}\p{sc=Orya}\p{sc=Taml}\p{sc=Telu}\p{sc=Knda}\p{sc=Mlym}\p{sc=Sinh}\p{sc=Khmr}\p{sc=Mymr}]/u;

/** True for a character that emoji, Persian, Hindi or Hebrew need at this place. */
function isHonest(text: string, start: number, code: number, flags: ReadonlySet<number>): boolean {
  if (code === 0xfeff) {
    return start === 0;
  }
  if (flags.has(start)) {
    return true;
  }
  const before = text.slice(Math.max(0, start - 2), start);
  const after = text.slice(start + 1, start + 3);
  if (isSelector(code)) {
    return start > 0 && !isSelector(before.codePointAt(before.length - 1) ?? 0) && code < 0xe0000;
  }
  if (code === 0x200d && BEFORE.test(before) && AFTER.test(after)) {
    return true;
  }
  if (code === 0x200c || code === 0x200d) {
    return JOINED.test(before) && JOINED.test(after);
  }
  const isMark = code === 0x200e || code === 0x200f || code === 0x61c;
  return isMark && (RTL.test(before) || RTL.test(after));
}

/**
 * Offsets of the tags that spell a regional flag such as Scotland's. They follow a black flag, are
 * at most six and end with a terminator.
 */
function flagTags(text: string): ReadonlySet<number> {
  const places = new Set<number>();
  for (const { index, 0: flag } of text.matchAll(
    /\u{1f3f4}[\u{e0030}-\u{e0039}\u{e0061}-\u{e007a}]{3,6}\u{e007f}/gu,
  )) {
    for (let at = index + 2; at < index + flag.length; at += 2) {
      places.add(at);
    }
  }
  return places;
}

/** The text without its hidden characters, as a reader sees it. */
export function withoutHidden(text: string): string {
  return replaceUnseen(text, () => "");
}

/** Matches no `\r` of a Windows line end. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the pattern looks for these characters.
export const CONTROLS = /(?:[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]|\r(?!\n))+/g;

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

/** Writes each invisible character of a JSON text as JSON's escapes. The value stays the same. */
export function escapeUnseen(json: string): string {
  return replaceUnseen(json, escapes).replace(ALWAYS_SHOWN, escapes);
}

function escapes(char: string): string {
  return char
    .split("")
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .join("");
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
export function codeOf(char: string): string {
  return `U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}
