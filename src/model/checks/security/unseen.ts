/** From the first code to the last, in order. */
type Ranges = readonly (readonly [first: number, last: number])[];

/** Characters without width, and tags: they stand between letters without parting them. */
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

/** Letters and patterns that are drawn as a blank. */
const BLANK: Ranges = [
  [0x115f, 0x1160],
  [0x2800, 0x2800],
  [0x3164, 0x3164],
  [0xffa0, 0xffa0],
];

/** Characters for private use: what they look like, if anything, is up to the font. */
const PRIVATE: Ranges = [
  [0xe000, 0xf8ff],
  [0xf0000, 0xffffd],
  [0x100000, 0x10fffd],
];

export function isWidthless(code: number): boolean {
  return isIn(WIDTHLESS, code);
}

/** Whether nobody can tell from the looks of a text that this is in it. */
export function isUnseen(code: number): boolean {
  return isIn(WIDTHLESS, code) || isIn(BLANK, code) || isIn(PRIVATE, code);
}

function isIn(ranges: Ranges, code: number): boolean {
  for (const [first, last] of ranges) if (code <= last) return code >= first;
  return false;
}
