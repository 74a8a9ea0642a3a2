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
 * Properties that a text must have for a rule to find anything in it: one of the shapes, something
 * of one list in `any`, or something of each list in `all`.
 */
export interface Requirements {
  /** Bits of SHAPE. */
  readonly shapes: number;
  readonly any?: readonly (readonly Sought[])[];
  readonly all?: readonly (readonly Sought[])[];
}

/** Combinations of flags. A text must have all bits of one of them. */
type Combinations = readonly number[];

function hasOne(flags: number, combinations: Combinations): boolean {
  return combinations.some((bits) => (flags & bits) === bits);
}

/** The flags with which a rule is run on a text. */
interface Mask {
  /** One of these bits is enough. */
  readonly any: number;
  /** One of these combinations is also enough. */
  readonly all: Combinations;
}

/** Shapes of texts whose words may have to be read in another way than they are written. */
const DISGUISES = SHAPE.disguised | SHAPE.unusual;

const LETTERS = [..."abcdefghijklmnopqrstuvwxyz0123456789"];
/**
 * The first two classes are characters that nothing looks for, and blanks. The last is everything
 * that isn't ASCII.
 */
const WORD_CLASSES = LETTERS.length + 3;
/** A class for each letter and digit. All other ASCII characters divide words. */
const WORD_CLASS = classes(LETTERS, /[^a-z0-9]/, WORD_CLASSES - 1);

const SIGNS = [...LETTERS, ...MARKS, ...".:/(\"'="];
const MARK_CLASSES = SIGNS.length + 3;
/** A class for each sign that is looked for. Hyphens divide words too. */
const MARK_CLASS = classes(SIGNS, /[\s_-]/, MARK_CLASSES - 1);

function classAt(place: number): number {
  return place < 0 ? 0 : place + BLANK + 1;
}

function classes(own: readonly string[], blank: RegExp, unusual: number): Classes {
  // Every code unit has an entry, so that a loop needn't check for a missing one.
  const table = new Uint8Array(0x10000).fill(unusual);
  for (let code = 0; code < 127; code += 1) {
    const char = String.fromCharCode(code).toLowerCase();
    if (code > 31 || code === 9 || code === 10) {
      table[code] = blank.test(char) ? BLANK : classAt(own.indexOf(char));
    }
  }
  return table;
}

/** A class of words needs six bits. */
const CLASS_BITS = 6;
const CLASS = (1 << CLASS_BITS) - 1;

/**
 * The class of a character for the automaton of words. The bits above it are the character's kind
 * for the shapes.
 */
const LOOKS = Uint16Array.from(WORD_CLASS, (symbol, code) => {
  return symbol | ((KIND_OF[code] ?? 0) << CLASS_BITS);
});

/**
 * Decides in one pass which rules may find something in a text. The pass makes a few look-ups for
 * each character, and nearly every text of a catalogue needs nothing else. The automatons are made
 * from the requirements of the rules.
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

  /** The rules that may find something in a text with these flags. */
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

  /** A text with these flags. It tells rules which of their patterns can't be in it. */
  scanned(text: string, flags: number): Scanned {
    const isDisguised = (flags & DISGUISES) !== 0;
    return scanned(text, (sought) => {
      const combinations = this.#sought.get(sought);
      return isDisguised || combinations === undefined || hasOne(flags, combinations);
    });
  }

  /** The flags of a text: its shapes, and the requirements that it meets. */
  scan(text: string): number {
    const { next, flags, first } = this.#words;
    // Local variables, because imported ones would be looked up for each character.
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
    // A text ends like a word.
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

/** Gives each requirement of a rule its own flag. */
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

  /** A text that contains one of the patterns has one of these combinations. */
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
