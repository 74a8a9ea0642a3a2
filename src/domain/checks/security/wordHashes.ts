const APOSTROPHE = 39;
const FACTOR = 31;
/** Hashes stay small integers. */
const SMALL = 0x3fffffff;

/** Two words may have one hash. */
export function hashOf(word: string): number {
  let hash = 0;
  for (let index = 0; index < word.length; index += 1) {
    hash = hashAfter(hash, word.charCodeAt(index));
  }
  return hash;
}

/** The hash of a word with one more character. */
export function hashAfter(hash: number, code: number): number {
  return (Math.imul(hash, FACTOR) + code) & SMALL;
}

/** Takes the hashes of the words of an ASCII text, which `asciiWords` would make. */
export function eachHash(text: string, take: (hash: number) => void): void {
  let hash = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    const kind = KINDS[code] ?? 0;
    if (kind > SIGN || (hash > 0 && isApostrophe(text, index))) {
      hash = hashAfter(hash, kind > SIGN ? kind : code);
    } else if (hash > 0) {
      take(hash);
      hash = 0;
    }
  }
  if (hash > 0) {
    take(hash);
  }
}

/** A sign that has to be looked at closer. */
export const SIGN = 1;

/** The code of each letter in lower case and of each digit, 1 for signs, 0 for blanks and commas. */
export const KINDS: Uint8Array = Uint8Array.from({ length: 128 }, (_, code) => {
  const char = String.fromCharCode(code).toLowerCase();
  if (/[a-z0-9]/.test(char)) {
    return char.charCodeAt(0);
  }
  return char === " " || char === "," ? 0 : SIGN;
});

/** True for an apostrophe within a word, where the word has begun. */
export function isApostrophe(text: string, index: number): boolean {
  return text.charCodeAt(index) === APOSTROPHE && isLetterAt(text, index + 1);
}

/** True for a letter or a digit. */
export function isLetterAt(text: string, index: number): boolean {
  return index < text.length && (KINDS[text.charCodeAt(index)] ?? 0) > SIGN;
}

/** True for a small letter. */
export function isSmallAt(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  return code > 96 && code < 123;
}
