import { isWidthless } from "./unseen.ts";

/** A normalised word, and its place in the original text. */
export interface Word {
  readonly word: string;
  readonly start: number;
  readonly end: number;
  /** The number of its sentence, counted from 0. */
  readonly sentence: number;
}

/**
 * Reads ASCII texts, which nearly all are. A word is a slice, and nothing has to be normalised but
 * case and digits.
 */
export function asciiWords(text: string): readonly Word[] {
  const words: Word[] = [];
  let start = -1;
  let sentence = 0;
  /** The kinds of all characters of the word, to tell whether it has capitals or digits. */
  let kinds = 0;
  for (let index = 0; index < text.length; index += 1) {
    const kind = kindAt(text, index, start >= 0);
    if (kind > 0) {
      if (start < 0) {
        start = index;
      }
      kinds |= kind;
      continue;
    }
    if (start >= 0) {
      words.push(asciiWord(text, start, index, sentence, kinds));
    }
    start = -1;
    kinds = 0;
    if (endsSentence(text, index)) {
      sentence += 1;
    }
  }
  if (start >= 0) {
    words.push(asciiWord(text, start, text.length, sentence, kinds));
  }
  return words;
}

const SMALL = 1;
const CAPITAL = 2;
const DIGIT = 4;

/** 0 for a character that isn't part of a word. */
function kindAt(text: string, index: number, begun: boolean): number {
  const code = text.charCodeAt(index);
  if (code > 96 && code < 123) {
    return SMALL;
  }
  if (code > 64 && code < 91) {
    return CAPITAL;
  }
  if (code > 47 && code < 58) {
    return DIGIT;
  }
  return code === APOSTROPHE && begun && isLetterAt(text, index + 1) ? SMALL : 0;
}

/**
 * Lowers each word by itself: V8 has been seen to lower a whole text again in every step of a loop.
 */
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

/** Reads any other text, character by character. */
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
    if (said === "") {
      return;
    }
    const isApostrophe = char === "'" || char === "’";
    const continues = isApostrophe && this.#word !== "" && isLetterAt(this.#text, index + 1);
    if (continues || isLetterAt(said, 0)) {
      if (this.#word === "") {
        this.#start = index;
      }
      this.#word += isApostrophe ? "'" : said;
      this.#end = index + char.length;
      return;
    }
    this.#close();
    if (endsSentence(this.#text, index)) {
      this.#sentence += 1;
    }
  }

  #close(): void {
    if (this.#word === "") {
      return;
    }
    const word = undigited(latin(this.#word));
    this.#words.push({ word, start: this.#start, end: this.#end, sentence: this.#sentence });
    this.#word = "";
  }
}

/**
 * A dot ends a sentence only before a blank or a closing mark, so `.env` and `mcp.json` stay whole.
 */
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

/** Letters of other alphabets that look like Latin ones. Source: Unicode TR 39, confusables. */
const LOOKALIKES = new Map<string, string>(
  pairs(
    "аaбbвbсcԁdеeёeєeҽeғfɡgһhіiїiјjкkӏlмmоoөoрpԛqѕsтtцuуyвbѵvԝwхxзzӡ3",
    "αaβbγyδdεeζzηnιiκkνvοoρpτtυuχxωwσoϲcϳj",
    "ɑaƅbƈcɗdɛeɢgɩiıiʝjʟlɴnɔoʀrѕsᴛtʋvʏyᴢzøołlđdħhßsæaœo",
  ),
);

function pairs(...lines: readonly string[]): [string, string][] {
  return lines.flatMap((line) => {
    const chars = [...line];
    return chars.flatMap((char, index): [string, string][] =>
      index % 2 === 0 ? [[char, chars[index + 1] ?? ""]] : [],
    );
  });
}

const DIGITS = new Map([
  ["0", "o"],
  ["1", "i"],
  ["3", "e"],
  ["4", "a"],
  ["5", "s"],
  ["7", "t"],
]);

/** A character in lower case and without marks; "" for one without width. */
export function plain(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  if (code < 128) {
    return char.toLowerCase();
  }
  if (isWidthless(code)) {
    return "";
  }
  return char.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

/** Replaces lookalikes where the result is a Latin word; otherwise returns the word as it is. */
function latin(word: string): string {
  if (/^[ -~]*$/.test(word)) {
    return word;
  }
  const resolved = word.replace(/[^ -~]/gu, (char) => LOOKALIKES.get(char) ?? char);
  return /^[a-z0-9'’]*$/.test(resolved) ? resolved : word;
}

/** Reads "1gn0re" as "ignore". Keeps a word that is a number or ends in one. */
function undigited(word: string): string {
  if (!/[a-z][013457]+[a-z]|^[013457][a-z]{3,}/.test(word)) {
    return word;
  }
  return word.replace(/[013457]/g, (digit) => DIGITS.get(digit) ?? digit);
}
