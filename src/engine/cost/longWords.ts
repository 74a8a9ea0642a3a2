/** Texts up to this length are counted whole, whatever is in them. */
const SHORT = 4000;
/** No word of a language is longer. */
const LONGEST_WORD = 500;

/** What a tokenizer may take for a single word: letters, signs or blanks without anything else. */
const RUNS = /[\p{L}\p{M}]+|[^\s\p{L}\p{N}]+|\s+/gu;

/**
 * The parts of a text whose tokens are counted one by one. Nearly always that is the text itself.
 * Tokenizing a single word takes time that grows with the square of its length, so an endless one is
 * cut. Each cut may add a token, which matters to no text that people or models read.
 */
export function cutLongWords(text: string): readonly string[] {
  if (text.length <= SHORT) {
    return [text];
  }
  const parts: string[] = [];
  let from = 0;
  for (const { index, 0: run } of text.matchAll(RUNS)) {
    for (let cut = LONGEST_WORD; cut < run.length; cut += LONGEST_WORD) {
      parts.push(text.slice(from, index + cut));
      from = index + cut;
    }
  }
  parts.push(text.slice(from));
  return parts;
}
