import { MARKS } from "./triggers.ts";

/** Properties of a text that don't depend on its words. */
export const SHAPE = {
  /** A character other than printable ASCII, tab and newline. */
  unusual: 1,
  /** A run of characters that is long enough for a key or for base64. */
  longRun: 2,
  /** A word of several parts, like the name of a tool. */
  identifier: 4,
  /** Single letters in a row, or digits among letters, which may disguise words. */
  disguised: 8,
  /** A sign that few texts have. */
  marks: 16,
} as const;

/** The number of bits that the shapes need. */
export const SHAPE_BITS = 5;
export const ALL_SHAPES = (1 << SHAPE_BITS) - 1;

/** Shorter runs are words. The shortest keys and payloads are longer. */
const RUN_LENGTH = 20;
/** This many single letters in a row may be a disguised word. */
const SINGLE_LETTERS = 4;
const SPACED_OUT = 3 * SINGLE_LETTERS;
const SINGLES_BITS = 4;
const SINGLES = (1 << SINGLES_BITS) - 1;

const OTHER = 0;
/** A sign that few texts have. */
const MARK = 1;
/** Part of a key or of base64 but not of a name: `+ / =` and the end of a line. */
const KEY = 2;
/** Joins words into a name: `_` and `-`. */
const JOINT = 3;
const DIGIT = 4;
const CAPITAL = 5;
const SMALL = 6;
/** A kind needs three bits. */
export const KIND_BITS = 3;
const KINDS = 1 << KIND_BITS;
const KIND = KINDS - 1;
/** A mask for the last three kinds. */
export const THREE_KINDS = (1 << (3 * KIND_BITS)) - 1;

export const KIND_OF: Uint8Array = kinds();
/** The shapes that three kinds in a row show. */
export const SHAPES: Uint8Array = shapes();
/** The new lengths, by the old lengths and the next kind. See `lengths`. */
export const LENGTHS: Uint16Array = lengths();

function kinds(): Uint8Array {
  // Every code unit has an entry, so that a loop needn't check for a missing one.
  const table = new Uint8Array(0x10000);
  table.fill(DIGIT, 48, 58);
  table.fill(CAPITAL, 65, 91);
  table.fill(SMALL, 97, 123);
  const others = [
    ["_-", JOINT],
    ["+/=\n", KEY],
    [MARKS, MARK],
  ] as const;
  for (const [chars, kind] of others) {
    for (const char of chars) {
      table[char.charCodeAt(0)] = kind;
    }
  }
  return table;
}

function shapes(): Uint8Array {
  const table = new Uint8Array(THREE_KINDS + 1);
  for (let index = 0; index < table.length; index += 1) {
    const third = index & KIND;
    const second = (index >> KIND_BITS) & KIND;
    const first = index >> (2 * KIND_BITS);
    table[index] =
      nameFlag(first, second, third) |
      disguiseFlag(first, second, third) |
      (third === MARK ? SHAPE.marks : 0);
  }
  return table;
}

/** Matches two joined words, or a capital inside a word. */
function nameFlag(first: number, second: number, third: number): number {
  const isHump = second === SMALL && third === CAPITAL;
  const isJoint = first >= CAPITAL && second === JOINT && third >= CAPITAL;
  return isHump || isJoint ? SHAPE.identifier : 0;
}

/** Matches a digit inside a word or before it, because it may stand for a letter. */
function disguiseFlag(first: number, second: number, third: number): number {
  const isInside = first >= CAPITAL && second === DIGIT && third >= DIGIT;
  const isBefore = first < DIGIT && second === DIGIT && third >= CAPITAL;
  return isInside || isBefore ? SHAPE.disguised : 0;
}

/**
 * Two lengths in one number: of a run of a key's characters, and of a row of single letters. Each
 * stays as it is once it is long enough. They lie above the bits of a kind, so that a kind can be
 * added.
 */
function lengths(): Uint16Array {
  const table = new Uint16Array((RUN_LENGTH + 1) << (SINGLES_BITS + KIND_BITS));
  for (let index = 0; index < table.length; index += 1) {
    const kind = index & KIND;
    const run = runAfter(index >> (SINGLES_BITS + KIND_BITS), kind);
    const singles = singlesAfter((index >> KIND_BITS) & SINGLES, kind);
    table[index] = (run << (SINGLES_BITS + KIND_BITS)) | (singles << KIND_BITS);
  }
  return table;
}

function runAfter(run: number, kind: number): number {
  if (run === RUN_LENGTH) {
    return run;
  }
  return kind < KEY ? 0 : run + 1;
}

/**
 * Three times the number of single letters, plus 1 within the first letter of a word and 2 within a
 * later one.
 */
function singlesAfter(singles: number, kind: number): number {
  if (singles >= SPACED_OUT) {
    return SPACED_OUT;
  }
  const inWord = singles % 3;
  const before = singles - inWord;
  if (kind >= DIGIT) {
    return before + Math.min(2, inWord + 1);
  }
  if (inWord === 0) {
    return before;
  }
  return inWord === 1 ? before + 3 : 0;
}

export function lengthFlags(lengths: number): number {
  const run = lengths >> (SINGLES_BITS + KIND_BITS);
  const singles = (lengths >> KIND_BITS) & SINGLES;
  return (run === RUN_LENGTH ? SHAPE.longRun : 0) | (singles === SPACED_OUT ? SHAPE.disguised : 0);
}

function isNamePart(text: string, index: number): boolean {
  return index < text.length && (KIND_OF[text.charCodeAt(index)] ?? OTHER) >= JOINT;
}

const JOINT_OR_HUMP = /[A-Za-z][_-][A-Za-z]|[a-z][A-Z]/;

export function hasIdentifier(text: string): boolean {
  return text.search(JOINT_OR_HUMP) >= 0;
}

/** Finds names of several parts, such as send_mail, send-mail and sendMail. */
export function* identifiersIn(text: string): Iterable<{ start: number; end: number }> {
  // One for each text, because it keeps its place; a literal is cheaper to copy than by `matchAll`.
  const seeker = /[A-Za-z][_-][A-Za-z]|[a-z][A-Z]/g;
  let end = 0;
  while (seeker.test(text)) {
    let start = seeker.lastIndex - 2;
    while (start > end && isNamePart(text, start - 1)) {
      start -= 1;
    }
    end = seeker.lastIndex;
    while (isNamePart(text, end)) {
      end += 1;
    }
    seeker.lastIndex = end;
    yield { start, end };
  }
}
