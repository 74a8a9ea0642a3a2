import { firstEndingAfter } from "./halving.ts";
import { type Part, quotedParts } from "./quotes.ts";
import { anyWords, asciiWords, type Word } from "./words.ts";

const ASCII = /^[\t\n\r -~]*$/;

/** A text as its words, read past case, widths, marks, lookalikes, hidden characters and spacing. */
export class Phrases {
  readonly text: string;
  readonly words: readonly Word[];
  #quotes: readonly Part[] | undefined;

  constructor(text: string) {
    this.text = text;
    this.words = joinSpaced(text, ASCII.test(text) ? asciiWords(text) : anyWords(text));
  }

  /** Whether a word stands between quotation marks. */
  isQuoted(word: Word | undefined): boolean {
    if (word === undefined) return false;
    this.#quotes ??= quotedParts(this.text);
    const { start, end } = word;
    const quote = this.#quotes[firstEndingAfter(this.#quotes, end - 1)];
    return quote !== undefined && quote.start < start && end <= quote.end;
  }
}

/** "i g n o r e" is one word; two blanks or more end it, or another sign between. */
function joinSpaced(text: string, words: readonly Word[]): readonly Word[] {
  if (words.filter(isLone).length < 4) return words;
  const joined: Word[] = [];
  for (let index = 0; index < words.length; ) {
    let last = index;
    while (isLone(words[last]) && isLone(words[last + 1]) && touch(text, words, index, last))
      last += 1;
    const first = words[index];
    const final = words[last];
    if (first === undefined || final === undefined) break;
    if (last - index >= 3) {
      const letters = words.slice(index, last + 1).map(({ word }) => word);
      joined.push({ ...first, word: letters.join(""), end: final.end });
    } else {
      joined.push(...words.slice(index, last + 1));
    }
    index = last + 1;
  }
  return joined;
}

function isLone(word: Word | undefined): boolean {
  return word?.word.length === 1;
}

function touch(text: string, words: readonly Word[], first: number, index: number): boolean {
  const end = words[index]?.end ?? 0;
  const isNext = (words[index + 1]?.start ?? 0) - end === 1;
  return isNext && text.charAt(end) === text.charAt(words[first]?.end ?? 0);
}
