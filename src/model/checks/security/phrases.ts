import { latin, plain, undigited } from "./letters.ts";
import { type Part, quotedParts } from "./quotes.ts";

/** A word as it reads, and where it stands in the text as it was written. */
export interface Word {
  readonly word: string;
  readonly start: number;
  readonly end: number;
  /** The number of its sentence, from 0. */
  readonly sentence: number;
}

/** A text as its words, read past case, widths, marks, lookalikes, hidden characters and spacing. */
export class Phrases {
  readonly text: string;
  readonly words: readonly Word[];
  #quotes: readonly Part[] | undefined;

  constructor(text: string) {
    this.text = text;
    const reader = /^[\t\n\r -~]*$/.test(text) ? new AsciiReader(text) : new AnyReader(text);
    this.words = joinSpaced(reader.read());
  }

  /** Whether a word stands between quotation marks. */
  isQuoted(word: Word | undefined): boolean {
    if (word === undefined) return false;
    this.#quotes ??= quotedParts(this.text);
    return this.#quotes.some(({ start, end }) => start < word.start && word.end <= end);
  }
}

/** Nearly every text: a word is a slice, and nothing has to be resolved. */
class AsciiReader {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  read(): readonly Word[] {
    const text = this.#text;
    const words: Word[] = [];
    let start = -1;
    let sentence = 0;
    for (let index = 0; index < text.length; index += 1) {
      if (this.#isInWord(index, start >= 0)) {
        if (start < 0) start = index;
        continue;
      }
      if (start >= 0) words.push(this.#word(start, index, sentence));
      start = -1;
      if (endsSentence(text, index)) sentence += 1;
    }
    if (start >= 0) words.push(this.#word(start, text.length, sentence));
    return words;
  }

  #isInWord(index: number, begun: boolean): boolean {
    const code = this.#text.charCodeAt(index);
    if (code === APOSTROPHE) return begun && isLetterAt(this.#text, index + 1);
    const small = code | 32;
    return (small > 96 && small < 123) || (code > 47 && code < 58);
  }

  /** Word by word: V8 has been seen to lower a whole text again with each step of a loop over it. */
  #word(start: number, end: number, sentence: number): Word {
    return { word: undigited(this.#text.slice(start, end).toLowerCase()), start, end, sentence };
  }
}

const APOSTROPHE = 39;

function isLetterAt(text: string, index: number): boolean {
  return /^[\p{L}\p{N}]/u.test(text.charAt(index));
}

class AnyReader {
  readonly #text: string;
  readonly #words: Word[] = [];
  #word = "";
  #start = 0;
  #end = 0;
  #sentence = 0;

  constructor(text: string) {
    this.#text = text;
  }

  read(): readonly Word[] {
    for (let index = 0; index < this.#text.length; ) {
      const char = String.fromCodePoint(this.#text.codePointAt(index) ?? 0);
      this.#take(index, char);
      index += char.length;
    }
    this.#close();
    return this.#words;
  }

  #take(index: number, char: string): void {
    const said = plain(char);
    if (said === "") return;
    const isApostrophe = char === "'" || char === "’";
    const continues = isApostrophe && this.#word !== "" && isLetterAt(this.#text, index + 1);
    if (continues || isLetterAt(said, 0)) {
      if (this.#word === "") this.#start = index;
      this.#word += isApostrophe ? "'" : said;
      this.#end = index + char.length;
      return;
    }
    this.#close();
    if (endsSentence(this.#text, index)) this.#sentence += 1;
  }

  #close(): void {
    if (this.#word === "") return;
    const word = undigited(latin(this.#word));
    this.#words.push({ word, start: this.#start, end: this.#end, sentence: this.#sentence });
    this.#word = "";
  }
}

/** A dot ends a sentence before a blank alone: `.env` and `mcp.json` are one. */
function endsSentence(text: string, index: number): boolean {
  switch (text.charAt(index)) {
    case "!":
    case "?":
    case ";":
    case "。":
      return true;
    case "\n":
      return text.charAt(index + 1) === "\n";
    case ".":
      return /^[\s"'”)<]?$/u.test(text.charAt(index + 1));
    default:
      return false;
  }
}

/** "i g n o r e" is one word; two blanks or more end it. */
function joinSpaced(words: readonly Word[]): readonly Word[] {
  if (words.filter(isLone).length < 4) return words;
  const joined: Word[] = [];
  for (let index = 0; index < words.length; ) {
    let last = index;
    while (isLone(words[last]) && isLone(words[last + 1]) && touch(words, last)) last += 1;
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

function touch(words: readonly Word[], index: number): boolean {
  return (words[index + 1]?.start ?? 0) - (words[index]?.end ?? 0) === 1;
}
