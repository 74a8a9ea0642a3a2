/** Longer words are names that hardly come again. */
const LONGEST_KEPT = 40;

/** As many words as a large account has. They take a few megabytes. */
const MOST_KEPT = 100_000;

/** What a character is to the end of a word. */
const OTHER = 0;
const SIGN = 1;
const CAPITAL = 2;
const SMALL = 3;

/** Of ASCII. An apostrophe is no sign here, because it may begin a "'s". */
const KINDS = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  if (/[a-z]/.test(character)) {
    return SMALL;
  }
  if (/[A-Z]/.test(character)) {
    return CAPITAL;
  }
  return /[^']/.test(character) ? SIGN : OTHER;
});

interface Known {
  readonly word: string;
  readonly tokens: number;
}

/**
 * Counts the tokens of a text word by word, each different word once: most of what tools say is the
 * same few thousand words and the same JSON between them. A word ends where no token goes on: between a
 * small letter and a capital, and where a sign, a digit or a blank comes after a letter. Counting so
 * takes two thirds of the time that the text as a whole takes.
 * @param count the tokens of any text
 */
export function countByWords(count: (text: string) => number): (text: string) => number {
  // By a number made of the characters, so that a word that is known needn't be cut out of the text.
  // Where two words have the same number, the second isn't kept.
  const known = new Map<number, Known>();
  const ofWord = (text: string, from: number, to: number, key: number): number => {
    const kept = known.get(key);
    if (kept !== undefined && kept.word.length === to - from && text.startsWith(kept.word, from)) {
      return kept.tokens;
    }
    const word = text.slice(from, to);
    const tokens = count(word);
    if (kept === undefined && word.length <= LONGEST_KEPT) {
      if (known.size >= MOST_KEPT) {
        known.clear();
      }
      // A copy, because a part of a text keeps the whole text in memory.
      known.set(key, { word: word.split("").join(""), tokens });
    }
    return tokens;
  };
  return (text) => {
    let tokens = 0;
    let from = 0;
    let key = 0;
    let before = OTHER;
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      const kind = KINDS[code] ?? OTHER;
      const isEnd =
        kind === SIGN
          ? before >= CAPITAL
          : // A "'rE" is one token, whatever is large in it.
            kind === CAPITAL && before === SMALL && text[at - 2] !== "'";
      if (isEnd) {
        tokens += ofWord(text, from, at, key);
        from = at;
        key = 0;
      }
      key = (Math.imul(key, 31) + code) & 0x3fffffff;
      before = kind;
    }
    return tokens + ofWord(text, from, text.length, key);
  };
}
