import { latin, plain, undigited } from "./letters.ts";

/** A word as it reads, and where it stands in the text as it was written. */
export interface Word {
  readonly word: string;
  readonly start: number;
  readonly end: number;
  /** The number of its sentence, from 0. */
  readonly sentence: number;
}

/** Nearly every text: a word is a slice, and nothing has to be resolved. */
export function asciiWords(text: string): readonly Word[] {
  const words: Word[] = [];
  let start = -1;
  let sentence = 0;
  /** The bits of all characters of a word: they tell whether any is a capital or a digit. */
  let kinds = 0;
  for (let index = 0; index < text.length; index += 1) {
    const kind = kindAt(text, index, start >= 0);
    if (kind > 0) {
      if (start < 0) start = index;
      kinds |= kind;
      continue;
    }
    if (start >= 0) words.push(asciiWord(text, start, index, sentence, kinds));
    start = -1;
    kinds = 0;
    if (endsSentence(text, index)) sentence += 1;
  }
  if (start >= 0) words.push(asciiWord(text, start, text.length, sentence, kinds));
  return words;
}

const SMALL = 1;
const CAPITAL = 2;
const DIGIT = 4;

/** 0 for what isn't part of a word. */
function kindAt(text: string, index: number, begun: boolean): number {
  const code = text.charCodeAt(index);
  if (code > 96 && code < 123) return SMALL;
  if (code > 64 && code < 91) return CAPITAL;
  if (code > 47 && code < 58) return DIGIT;
  return code === APOSTROPHE && begun && isLetterAt(text, index + 1) ? SMALL : 0;
}

/** Word by word: V8 has been seen to lower a whole text again with each step of a loop over it. */
function asciiWord(
  text: string,
  start: number,
  end: number,
  sentence: number,
  kinds: number,
): Word {
  const slice = text.slice(start, end);
  const lower = (kinds & CAPITAL) === 0 ? slice : slice.toLowerCase();
  return { word: (kinds & DIGIT) === 0 ? lower : undigited(lower), start, end, sentence };
}

const APOSTROPHE = 39;

function isLetterAt(text: string, index: number): boolean {
  return /^[\p{L}\p{N}]/u.test(text.charAt(index));
}

/** Any other text, character by character. */
export function anyWords(text: string): readonly Word[] {
  return new AnyReader(text).read();
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
