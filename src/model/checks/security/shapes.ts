import { CLASS_OF, FIRST_DIGIT, FLAG, LAST_DIGIT } from "./automaton.ts";

/** Shorter runs are words; the shortest keys and payloads are longer. */
const RUN_LENGTH = 20;
const SINGLE_LETTERS = 5;

const OTHER = 0;
/** Part of a key, but not of a name: `+ / =`. */
const KEY = 1;
/** Joins words into a name: `_` and `-`. */
const JOINT = 2;
const DIGIT = 3;
const CAPITAL = 4;
const SMALL = 5;
/** A kind takes three bits. */
const BITS = 3;
const KIND = 7;
const THREE_KINDS = 511;

const KIND_OF: Uint8Array = kinds();
/** What three characters in a row say, by their kinds. */
const SHAPES: Uint8Array = shapes();

function kinds(): Uint8Array {
  // One entry a code unit, so that a loop needn't ask whether there is one.
  const table = new Uint8Array(0x10000);
  for (let code = 0; code < 128; code += 1) {
    const symbol = CLASS_OF[code] ?? 0;
    if (symbol >= FIRST_DIGIT && symbol <= LAST_DIGIT) table[code] = DIGIT;
    else if (symbol > 1 && symbol < FIRST_DIGIT) table[code] = code < 97 ? CAPITAL : SMALL;
  }
  for (const joint of "_-") table[joint.charCodeAt(0)] = JOINT;
  for (const key of "+/=") table[key.charCodeAt(0)] = KEY;
  return table;
}

function shapes(): Uint8Array {
  const table = new Uint8Array(THREE_KINDS + 1);
  for (let index = 0; index < table.length; index += 1) {
    const third = index & KIND;
    const second = (index >> BITS) & KIND;
    const first = index >> (2 * BITS);
    if (second === SMALL && third === CAPITAL) table[index] = FLAG.identifier;
    else if (first < CAPITAL || third < CAPITAL) continue;
    else if (second === JOINT) table[index] = FLAG.identifier;
    else if (second === DIGIT) table[index] = FLAG.disguised;
  }
  return table;
}

/** How the words of a text look: long runs, names of several parts, words in disguise. */
export function shapesIn(text: string): number {
  let found = 0;
  /** The kinds of the last three characters. */
  let three = 0;
  let runStart = 0;
  let singles = 0;
  for (let index = 0; index < text.length; index += 1) {
    const kind = KIND_OF[text.charCodeAt(index)] ?? OTHER;
    three = ((three << BITS) | kind) & THREE_KINDS;
    found |= SHAPES[three] ?? 0;
    if (kind >= DIGIT) continue;
    if (((three >> BITS) & KIND) >= DIGIT) {
      singles = three >> (2 * BITS) >= DIGIT ? 0 : singles + 1;
      found |= lengthFlags(0, singles);
    }
    if (kind > OTHER) continue;
    found |= lengthFlags(index - runStart, 0);
    runStart = index + 1;
  }
  return found | lengthFlags(text.length - runStart, 0);
}

function lengthFlags(run: number, singles: number): number {
  return (run >= RUN_LENGTH ? FLAG.longRun : 0) | (singles >= SINGLE_LETTERS ? FLAG.disguised : 0);
}

function isNamePart(text: string, index: number): boolean {
  return index < text.length && (KIND_OF[text.charCodeAt(index)] ?? OTHER) >= JOINT;
}

const JOINT_OR_HUMP = /[A-Za-z][_-][A-Za-z]|[a-z][A-Z]/g;

/** Names of several parts: send_mail, send-mail, sendMail. */
export function* identifiersIn(text: string): Iterable<{ start: number; end: number }> {
  let end = 0;
  for (const { index } of text.matchAll(JOINT_OR_HUMP)) {
    if (index < end) continue;
    let start = index;
    while (start > end && isNamePart(text, start - 1)) start -= 1;
    end = index + 2;
    while (isNamePart(text, end)) end += 1;
    yield { start, end };
  }
}
