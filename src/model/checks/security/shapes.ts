import { CLASS_OF, FIRST_DIGIT, FLAG, LAST_DIGIT } from "./automaton.ts";

/** Shorter runs are words; the shortest keys and payloads are longer. */
const RUN_LENGTH = 16;
const SINGLE_LETTERS = 5;

const OTHER = 0;
const LETTER = 1;
const DIGIT = 2;
/** Joins words into a name: `_` and `-`. */
const JOINT = 3;
/** Part of a key, but not of a name: `+ / =`. */
const KEY = 4;

const KIND_OF: Uint8Array = kinds();

function kinds(): Uint8Array {
  const table = new Uint8Array(128);
  for (let code = 0; code < 128; code += 1) {
    const symbol = CLASS_OF[code] ?? 0;
    if (symbol >= FIRST_DIGIT && symbol <= LAST_DIGIT) table[code] = DIGIT;
    else if (symbol > 1 && symbol < FIRST_DIGIT) table[code] = LETTER;
  }
  for (const joint of "_-") table[joint.charCodeAt(0)] = JOINT;
  for (const key of "+/=") table[key.charCodeAt(0)] = KEY;
  return table;
}

/** How the words of a text look: long runs, names of several parts, words in disguise. */
export function shapesIn(text: string): number {
  let found = 0;
  let before = OTHER;
  let beforeThat = OTHER;
  let run = 0;
  let singles = 0;
  for (let index = 0; index < text.length; index += 1) {
    const kind = kindAt(text, index);
    run = kind === OTHER ? 0 : run + 1;
    found |= run === RUN_LENGTH ? FLAG.longRun : 0;
    if (isWord(kind)) found |= shapeAt(text, index, before, beforeThat);
    else if (isWord(before)) {
      singles = isWord(beforeThat) ? 0 : singles + 1;
      found |= singles === SINGLE_LETTERS ? FLAG.disguised : 0;
    }
    beforeThat = before;
    before = kind;
  }
  return found;
}

function kindAt(text: string, index: number): number {
  const code = text.charCodeAt(index);
  return code < 128 ? (KIND_OF[code] ?? OTHER) : OTHER;
}

function isWord(kind: number): boolean {
  return kind === LETTER || kind === DIGIT;
}

function shapeAt(text: string, index: number, before: number, beforeThat: number): number {
  if (before === JOINT) return isWord(beforeThat) ? FLAG.identifier : 0;
  if (before === DIGIT) return beforeThat === LETTER ? FLAG.disguised : 0;
  // A capital after a small letter: sendMail.
  const isHump = text.charCodeAt(index) < 91 && before === LETTER;
  return isHump && text.charCodeAt(index - 1) > 96 ? FLAG.identifier : 0;
}
