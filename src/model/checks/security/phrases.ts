import { latin, plain, undigited } from "./letters.ts";
import { type Part, quotedParts } from "./quotes.ts";

/** A word as it reads, and where it stands in the text as it was written. */
export interface Word {
  readonly word: string;
  readonly start: number;
  readonly end: number;
  /** The number of its sentence, from 0. */
  readonly sentence: number;
  readonly quoted: boolean;
}

export interface Phrases {
  readonly text: string;
  readonly words: readonly Word[];
}

const WORD_CHAR = /^[\p{L}\p{N}]/u;

function isWordChar(said: string): boolean {
  const code = said.charCodeAt(0);
  if (code > 127) return WORD_CHAR.test(said);
  return (code > 96 && code < 123) || (code > 47 && code < 58);
}

/** Inside a word alone: "don't". */
function isApostrophe(char: string): boolean {
  return char === "'" || char === "’";
}

function letterAt(text: string, index: number): boolean {
  return WORD_CHAR.test(text.charAt(index));
}

/** The words of a text, read past case, widths, marks, lookalikes, hidden characters and spacing. */
export function phrasesOf(text: string): Phrases {
  const reader = new WordReader(text);
  for (let index = 0; index < text.length; ) {
    const char = String.fromCodePoint(text.codePointAt(index) ?? 0);
    reader.read(index, char);
    index += char.length;
  }
  reader.close();
  return { text, words: joinSpaced(reader.words, text) };
}

class WordReader {
  readonly words: Word[] = [];
  readonly #text: string;
  readonly #quotes: readonly Part[];
  #quote = 0;
  #word = "";
  #start = 0;
  #end = 0;
  #sentence = 0;

  constructor(text: string) {
    this.#text = text;
    this.#quotes = quotedParts(text);
  }

  read(index: number, char: string): void {
    const said = plain(char);
    if (said === "") return;
    const apostrophe = isApostrophe(char);
    if (isWordChar(said) || (apostrophe && this.#word !== "" && letterAt(this.#text, index + 1))) {
      if (this.#word === "") this.#start = index;
      this.#word += apostrophe ? "'" : said;
      this.#end = index + char.length;
      return;
    }
    this.close();
    if (endsSentence(this.#text, index, char)) this.#sentence += 1;
  }

  close(): void {
    if (this.#word === "") return;
    const start = this.#start;
    const end = this.#end;
    const word = undigited(latin(this.#word));
    this.words.push({ word, start, end, sentence: this.#sentence, quoted: this.#isQuoted() });
    this.#word = "";
  }

  #isQuoted(): boolean {
    while ((this.#quotes[this.#quote]?.end ?? Number.POSITIVE_INFINITY) <= this.#start) {
      this.#quote += 1;
    }
    const part = this.#quotes[this.#quote];
    return part !== undefined && part.start < this.#start && this.#end <= part.end;
  }
}

/** A dot ends a sentence before a blank alone: `.env` and `mcp.json` are one. */
function endsSentence(text: string, index: number, char: string): boolean {
  if (char === "!" || char === "?" || char === ";" || char === "。") return true;
  if (char === "\n") return text[index + 1] === "\n";
  return char === "." && /^[\s"'”)<]?$/u.test(text.charAt(index + 1));
}

/** "i g n o r e" is one word; two blanks or more end it. */
function joinSpaced(words: readonly Word[], text: string): readonly Word[] {
  const joined: Word[] = [];
  for (let index = 0; index < words.length; ) {
    let last = index;
    while (isLone(words[last]) && isLone(words[last + 1]) && touch(words, last, text)) last += 1;
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

function touch(words: readonly Word[], index: number, text: string): boolean {
  const gap = text.slice(words[index]?.end ?? 0, words[index + 1]?.start ?? 0);
  return gap.length === 1;
}
