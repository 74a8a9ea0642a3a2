/** More of a text is neither read nor searched: a hostile one must not slow every keystroke. */
const LONGEST = 2000;

const ASCII = /^[\0-\x7f]*$/u;
const MARKS = /\p{M}+/gu;

/** A text as it is compared: without case, accents and compatibility forms. */
export function fold(text: string): string {
  const part = text.length > LONGEST ? text.slice(0, LONGEST) : text;
  if (ASCII.test(part)) return part.toLowerCase();
  return part.normalize("NFKD").replace(MARKS, "").toLowerCase();
}

/** Between letters of both cases, and between anything else. */
const BOUNDARY = /(?<=\p{Ll})(?=\p{Lu})|[^\p{L}\p{N}\p{M}]+/gu;

/** The words that a name is made of: `getPage` and `get_page` have the same. */
export function wordsOf(name: string): readonly string[] {
  return name.slice(0, LONGEST).split(BOUNDARY).filter(Boolean).map(fold);
}
