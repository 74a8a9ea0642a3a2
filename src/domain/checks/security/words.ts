import { isWidthless } from "../../../base/unseen.ts";

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
    sentence += stepAt(text, index);
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
    this.#sentence += stepAt(this.#text, index);
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

/** The beginning of an item after the end of a line. */
const BULLET = /^[ \t]{0,8}[-*+•–] /;
const NUMBERED = /^[ \t]{0,8}\d{1,2}[.)] /;
const LONGEST_MARK = 12;

export function endsSentence(text: string, index: number): boolean {
  return stepAt(text, index) > 0;
}

/**
 * By how much the number of the sentence grows at a character. A dot ends a sentence only before a
 * blank or a closing mark, so `.env` and `mcp.json` stay whole. Items of a list are sentences of their
 * own, because few have a full stop. Numbered ones are steps and neighbours, others are not.
 */
function stepAt(text: string, index: number): number {
  switch (text.charAt(index)) {
    case "!":
    case "?":
    case ";":
    case "。":
      return 1;
    case "\n":
      return stepAfterLine(text, index + 1);
    case ".":
      return /^[\s"'”)<]?$/u.test(text.charAt(index + 1)) ? 1 : 0;
    default:
      return 0;
  }
}

function stepAfterLine(text: string, index: number): number {
  if (text.charAt(index) === "\n") {
    return 1;
  }
  const begun = text.slice(index, index + LONGEST_MARK);
  if (BULLET.test(begun)) {
    return 2;
  }
  return NUMBERED.test(begun) ? 1 : 0;
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
export function latin(word: string): string {
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
