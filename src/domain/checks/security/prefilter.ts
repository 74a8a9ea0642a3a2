import type { Rule, TextRule } from "../rule.ts";
import { type Automaton, BLANK, buildAutomaton, type Classes, type Stem } from "./automaton.ts";
import { type Scanned, scanned } from "./scanned.ts";
import {
  KIND_BITS,
  KIND_OF,
  LENGTHS,
  lengthFlags,
  SHAPE,
  SHAPE_BITS,
  SHAPES,
  THREE_KINDS,
} from "./shapes.ts";
import { MARKS, type Sought, type Triggers, triggersOf } from "./triggers.ts";

/**
 * What a text must have for a rule to find anything in it: one of the shapes, or something of one
 * list in `any`, or something of each list in `all`.
 */
export interface Requirements {
  /** Of SHAPE. */
  readonly shapes: number;
  readonly any?: readonly (readonly Sought[])[];
  readonly all?: readonly (readonly Sought[])[];
}

/** Bits of flags. A text needs all bits of one of these. */
type Combinations = readonly number[];

function hasOne(flags: number, combinations: Combinations): boolean {
  return combinations.some((bits) => (flags & bits) === bits);
}

/** The flags that make a rule look at a text. */
interface Mask {
  /** One of these bits is enough. */
  readonly any: number;
  /** One of these combinations is enough too. */
  readonly all: Combinations;
}

/** The words of such a text may read otherwise than they are written. */
const DISGUISES = SHAPE.disguised | SHAPE.unusual;

const LETTERS = [..."abcdefghijklmnopqrstuvwxyz0123456789"];
/** Two classes come first: what nothing looks for, and blanks. One is last: what isn't ASCII. */
const WORD_CLASSES = LETTERS.length + 3;
/** A class for each letter and digit; anything else of ASCII parts words. */
const WORD_CLASS = classes(LETTERS, /[^a-z0-9]/, WORD_CLASSES - 1);

const SIGNS = [...LETTERS, ...MARKS, ...".:/(\"'="];
const MARK_CLASSES = SIGNS.length + 3;
/** Hyphens part words too; other signs that are looked for have a class each. */
const MARK_CLASS = classes(SIGNS, /[\s_-]/, MARK_CLASSES - 1);

function classAt(place: number): number {
  return place < 0 ? 0 : place + BLANK + 1;
}

function classes(own: readonly string[], blank: RegExp, unusual: number): Classes {
  // One entry a code unit, so that a loop needn't ask whether there is one.
  const table = new Uint8Array(0x10000).fill(unusual);
  for (let code = 0; code < 127; code += 1) {
    const char = String.fromCharCode(code).toLowerCase();
    if (code > 31 || code === 9 || code === 10) {
      table[code] = blank.test(char) ? BLANK : classAt(own.indexOf(char));
    }
  }
  return table;
}

/** A class of words takes six bits. */
const CLASS_BITS = 6;
const CLASS = (1 << CLASS_BITS) - 1;

/** What a character is to the automaton of words, and above that what it is to the shapes. */
const LOOKS = Uint16Array.from(WORD_CLASS, (symbol, code) => {
  return symbol | ((KIND_OF[code] ?? 0) << CLASS_BITS);
});

/**
 * One pass of a few look-ups a character, whatever the text, which tells the rules that have nothing
 * to look for from those that have: nearly every text of a catalogue ends here. What it looks for is
 * made from what the rules say that they seek.
 */
export class Prefilter {
  readonly #rules: readonly TextRule[];
  readonly #masks: ReadonlyMap<TextRule, Mask>;
  readonly #sought: ReadonlyMap<readonly Sought[], Combinations>;
  readonly #words: Automaton;
  readonly #marks: Automaton;
  readonly #wanting = new Map<number, readonly TextRule[]>();

  constructor(rules: readonly Rule[]) {
    this.#rules = rules.filter((rule) => rule.of === "text");
    const flags = new FlagAssigner();
    this.#masks = new Map(this.#rules.map((rule) => [rule, flags.maskOf(rule.requires)]));
    this.#sought = flags.sought;
    this.#words = buildAutomaton(flags.words, WORD_CLASSES);
    this.#marks = buildAutomaton(flags.marks, MARK_CLASSES);
  }

  get isEmpty(): boolean {
    return this.#rules.length === 0;
  }

  /** The rules that have something to look for in a text with these flags. */
  wanting(flags: number): readonly TextRule[] {
    const known = this.#wanting.get(flags);
    if (known !== undefined) {
      return known;
    }
    const wanting = this.#rules.filter((rule) => this.wants(rule, flags));
    this.#wanting.set(flags, wanting);
    return wanting;
  }

  wants(rule: TextRule, flags: number): boolean {
    const { any, all } = this.#masks.get(rule) ?? { any: 0, all: [] };
    return (flags & any) !== 0 || hasOne(flags, all);
  }

  /** A text with these flags, which tells rules what they needn't look for. */
  scanned(text: string, flags: number): Scanned {
    const isDisguised = (flags & DISGUISES) !== 0;
    return scanned(text, (sought) => {
      const combinations = this.#sought.get(sought);
      return isDisguised || combinations === undefined || hasOne(flags, combinations);
    });
  }

  /** Flags of a text: its shapes, and what of the rules' requirements it has. */
  scan(text: string): number {
    const { next, flags, first } = this.#words;
    // In variables of its own: what is imported would be looked up again with each character.
    const looks = LOOKS;
    const shapes = SHAPES;
    const allLengths = LENGTHS;
    const classBits = CLASS_BITS;
    const classMask = CLASS;
    const width = WORD_CLASSES;
    const kindBits = KIND_BITS;
    const threeKinds = THREE_KINDS;
    let found = 0;
    let state = first;
    let three = 0;
    let lengths = 0;
    for (let index = 0; index < text.length; index += 1) {
      const look = looks[text.charCodeAt(index)] ?? 0;
      const kind = look >> classBits;
      state = next[state * width + (look & classMask)] ?? 0;
      three = ((three << kindBits) | kind) & threeKinds;
      found |= (flags[state] ?? 0) | (shapes[three] ?? 0);
      lengths = allLengths[lengths | kind] ?? 0;
    }
    // A text ends as a word does.
    const last = next[state * width + BLANK] ?? 0;
    found |= (flags[last] ?? 0) | lengthFlags(lengths);
    return (found & SHAPE.marks) === 0 ? found : found | this.#scanMarks(text);
  }

  #scanMarks(text: string): number {
    const { next, flags, first, width } = this.#marks;
    let found = 0;
    let state = first;
    for (let index = 0; index < text.length; index += 1) {
      state = next[state * width + (MARK_CLASS[text.charCodeAt(index)] ?? 0)] ?? 0;
      found |= flags[state] ?? 0;
    }
    return found;
  }
}

/** Gives each requirement of a rule a flag of its own. */
class FlagAssigner {
  readonly words: Stem[] = [{ classes: [WORD_CLASSES - 1], flag: SHAPE.unusual }];
  readonly marks: Stem[] = [];
  readonly sought = new Map<readonly Sought[], Combinations>();
  #next = SHAPE_BITS;

  maskOf({ shapes, any = [], all = [] }: Requirements): Mask {
    const either = any.flatMap((sought) => this.#combinationsOf(sought));
    const each = all.map((sought) => this.#combinationsOf(sought));
    const together = each.reduce<Combinations>(
      (sofar, next) => sofar.flatMap((bits) => next.map((more) => bits | more)),
      each.length === 0 ? [] : [0],
    );
    return { any: shapes, all: [...either, ...together] };
  }

  /** A text has one of these if something that is sought can be in it. */
  #combinationsOf(sought: readonly Sought[]): Combinations {
    const combinations = triggersOf(sought).flatMap((together) => {
      const flags = together.map((triggers) => this.#flagOf(triggers));
      const bits = flags.reduce((sofar, flag) => sofar | flag, 0);
      return together.some(({ unusual }) => unusual) ? [bits, SHAPE.unusual] : [bits];
    });
    this.sought.set(sought, combinations);
    return combinations;
  }

  #flagOf({ words, marks }: Triggers): number {
    if (this.#next > 30) {
      throw new Error("The rules have more requirements than a number has bits");
    }
    const flag = 1 << this.#next;
    this.#next += 1;
    this.words.push(...words.map((text) => stemOf(text.replaceAll("_", " "), WORD_CLASS, flag)));
    this.marks.push(...marks.map((text) => stemOf(text, MARK_CLASS, flag)));
    return flag;
  }
}

function stemOf(text: string, table: Classes, flag: number): Stem {
  const all = [...text].map((char) => table[char.charCodeAt(0)] ?? 0);
  const isRepeated = (symbol: number, index: number) =>
    symbol === BLANK && all[index - 1] === BLANK;
  return { classes: all.filter((symbol, index) => !isRepeated(symbol, index)), flag };
}
