import { TimeSlicer } from "../../../base/async.ts";
import type { Rule, TextRule } from "../rule.ts";
import {
  type Automaton,
  BLANK,
  buildAutomaton,
  type Classes,
  MOST_BITS,
  PART_BITS,
  PARTS,
  type Stem,
} from "./automaton.ts";
import { type Scanned, scanned } from "./scanned.ts";
import {
  ALL_SHAPES,
  KIND_BITS,
  KIND_OF,
  LENGTHS,
  lengthFlags,
  SHAPE,
  SHAPE_BITS,
  SHAPES,
  THREE_KINDS,
} from "./shapes.ts";
import type { KnownNames } from "./toolNames.ts";
import { MARKS, reckonedOnce, type Sought, type Triggers, triggersOf } from "./triggers.ts";

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

/** Bits of the automatons, in parts. */
type Bits = readonly [one: number, two: number, three: number];

/** Shapes of texts whose words may have to be read in another way than they are written. */
const DISGUISES = SHAPE.disguised | SHAPE.unusual;

const LETTERS = [..."abcdefghijklmnopqrstuvwxyz"];
/**
 * A smaller table is read faster, and few words have digits. Most of them aren't told apart, but 101
 * and 116, by which decimal code points are found, have to be rare.
 */
const DIGITS = ["1", "06", "2345789"];
/**
 * The first two classes are characters that nothing looks for, and blanks. The last is everything
 * that isn't ASCII.
 */
const WORD_CLASSES = LETTERS.length + DIGITS.length + 3;
/** A class for each letter and one for each group of digits. Other ASCII characters divide words. */
const WORD_CLASS = classes([...LETTERS, ...DIGITS], /[^a-z0-9]/, WORD_CLASSES - 1);

const SIGNS = [...LETTERS, ..."0123456789", ...MARKS, ...".:/(\"'="];
const MARK_CLASSES = SIGNS.length + 3;
/** A class for each sign that is looked for. Hyphens divide words too. */
const MARK_CLASS = classes(SIGNS, /[\s_-]/, MARK_CLASSES - 1);

function classAt(place: number): number {
  return place < 0 ? 0 : place + BLANK + 1;
}

/** @param own the characters of each class */
function classes(own: readonly string[], blank: RegExp, unusual: number): Classes {
  // Every code unit has an entry, so that a loop needn't check for a missing one.
  const table = new Uint8Array(0x10000).fill(unusual);
  for (let code = 0; code < 127; code += 1) {
    const char = String.fromCharCode(code).toLowerCase();
    if (code > 31 || code === 9 || code === 10) {
      table[code] = blank.test(char) ? BLANK : classAt(own.findIndex((of) => of.includes(char)));
    }
  }
  return table;
}

/** A class of words needs five bits. */
const CLASS_BITS = 5;
const CLASS = (1 << CLASS_BITS) - 1;

/**
 * The class of a character for the automaton of words. The bits above it are the character's kind
 * for the shapes.
 */
const LOOKS = Uint16Array.from(WORD_CLASS, (symbol, code) => {
  return symbol | ((KIND_OF[code] ?? 0) << CLASS_BITS);
});

/** Shapes that meet no list of requirements by themselves. */
const ORDINARY = ALL_SHAPES & ~SHAPE.unusual;

/** The tables by which texts are read. The requirements of the rules say what is in them. */
interface Tables {
  readonly lists: ListFlags;
  readonly words: Automaton;
  readonly marks: Automaton;
}

/** Makes the tables in steps, the longest of which takes some 30 ms. */
function* makeTables(rules: readonly TextRule[]): Generator<void, Tables> {
  const lists = new ListFlags();
  for (const { requires } of rules) {
    for (const sought of [...(requires.any ?? []), ...(requires.all ?? [])]) {
      lists.add(sought);
      yield;
    }
  }
  const words = buildAutomaton(lists.words, WORD_CLASSES);
  yield;
  return { lists, words, marks: buildAutomaton(lists.marks, MARK_CLASSES) };
}

/**
 * Decides in one pass which rules may find something in a text. The pass makes a few look-ups for
 * each character, and nearly every text of a catalogue needs nothing else. The automatons are made
 * from the requirements of the rules, when they are first needed.
 *
 * The flags of a text are its shapes, and one flag for each list of patterns of which something may
 * be in it. They are few enough for a small integer.
 */
export class Prefilter {
  readonly #rules: readonly TextRule[];
  readonly #making: Generator<void, Tables>;
  #made: Tables | undefined;
  readonly #wanting = new Map<number, readonly TextRule[]>();

  constructor(rules: readonly Rule[]) {
    this.#rules = rules.filter((rule) => rule.of === "text");
    this.#making = makeTables(this.#rules);
  }

  /**
   * Makes the tables over several turns: all at once takes a fifth of a second in a window that has
   * just begun. What needs them before makes the rest at once.
   */
  async prepare(): Promise<void> {
    const slicer = new TimeSlicer();
    // The turn that loaded the rules has been long enough.
    await slicer.next();
    while (this.#made === undefined) {
      this.#makeMore();
      if (slicer.isOver) {
        await slicer.next();
      }
    }
  }

  get #tables(): Tables {
    while (this.#made === undefined) {
      this.#makeMore();
    }
    return this.#made;
  }

  #makeMore(): void {
    const { done, value } = this.#making.next();
    if (done !== true) {
      return;
    }
    if (value === undefined) {
      throw new Error("The tables couldn't be made: an earlier step has thrown");
    }
    this.#made = value;
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

  wants({ requires: { shapes, any = [], all = [] } }: TextRule, flags: number): boolean {
    const { lists } = this.#tables;
    const isMet = (sought: readonly Sought[]) => lists.isMet(sought, flags);
    return (flags & shapes) !== 0 || any.some(isMet) || (all.length > 0 && all.every(isMet));
  }

  /** A text with these flags. It tells rules which of their patterns can't be in it. */
  scanned(text: string, flags: number, known?: KnownNames): Scanned {
    const { lists } = this.#tables;
    const isDisguised = (flags & DISGUISES) !== 0;
    const mayHave = (sought: readonly Sought[]): boolean =>
      isDisguised || lists.isMet(sought, flags);
    return scanned(text, { mayHave, known, isPlain: !isDisguised });
  }

  /** The flags of a text: its shapes, and the lists that it may have something of. */
  scan(text: string): number {
    const { lists, words } = this.#tables;
    const { next, bits, first, ending } = words;
    // Local variables, because imported ones would be looked up for each character.
    const looks = LOOKS;
    const shapes = SHAPES;
    const allLengths = LENGTHS;
    const classBits = CLASS_BITS;
    const classMask = CLASS;
    const width = WORD_CLASSES;
    const kindBits = KIND_BITS;
    const threeKinds = THREE_KINDS;
    const parts = PARTS;
    let found = 0;
    let second = 0;
    let third = 0;
    let state = first;
    let three = 0;
    let lengths = 0;
    for (let index = 0; index < text.length; index += 1) {
      const look = looks[text.charCodeAt(index)] ?? 0;
      const kind = look >> classBits;
      state = next[state * width + (look & classMask)] ?? 0;
      three = ((three << kindBits) | kind) & threeKinds;
      found |= shapes[three] ?? 0;
      if (state >= ending) {
        const at = (state - ending) * parts;
        found |= bits[at] ?? 0;
        second |= bits[at + 1] ?? 0;
        third |= bits[at + 2] ?? 0;
      }
      lengths = allLengths[lengths | kind] ?? 0;
    }
    // A text ends like a word.
    const last = bitsIn(words, next[state * width + BLANK] ?? 0);
    found |= last[0] | lengthFlags(lengths);
    second |= last[1];
    third |= last[2];
    if ((found & SHAPE.marks) !== 0) {
      const marked = this.#scanMarks(text);
      found |= marked[0];
      second |= marked[1];
      third |= marked[2];
    }
    const isOrdinary = (found & ~ORDINARY) === 0 && (second | third) === 0;
    return isOrdinary ? found : (found & ALL_SHAPES) | lists.metBy(found, second, third);
  }

  #scanMarks(text: string): Bits {
    const { marks } = this.#tables;
    const { next, first, width, ending } = marks;
    let met = NO_BITS;
    let state = first;
    for (let index = 0; index < text.length; index += 1) {
      state = next[state * width + (MARK_CLASS[text.charCodeAt(index)] ?? 0)] ?? 0;
      if (state >= ending) {
        const [one, two, three] = bitsIn(marks, state);
        met = [met[0] | one, met[1] | two, met[2] | three];
      }
    }
    return met;
  }
}

const NO_BITS: Bits = [0, 0, 0];

function bitsIn({ bits, ending }: Automaton, state: number): Bits {
  const at = (state - ending) * PARTS;
  return at < 0 ? NO_BITS : [bits[at] ?? 0, bits[at + 1] ?? 0, bits[at + 2] ?? 0];
}

/** Gives each list of requirements a flag, and each list of triggers a bit of the automatons. */
class ListFlags {
  readonly words: Stem[] = [{ classes: [WORD_CLASSES - 1], bit: Math.log2(SHAPE.unusual) }];
  readonly marks: Stem[] = [];
  readonly #flags = new Map<readonly Sought[], number>();
  readonly #bits = new Map<Triggers, number>();
  readonly #costOf = reckonedOnce();
  /** The bits that meet a list, for all lists, and the flag of the list behind them. */
  readonly #wanted: number[] = [];

  /** True for a list that no rule requires too, because nothing is known of it. */
  isMet(sought: readonly Sought[], flags: number): boolean {
    const flag = this.#flags.get(sought);
    return flag === undefined || (flags & flag) !== 0;
  }

  /** The flags of the lists that a text with these bits meets. */
  metBy(one: number, two: number, three: number): number {
    const wanted = this.#wanted;
    let met = 0;
    for (let index = 0; index < wanted.length; index += PARTS + 1) {
      const lacking =
        ((wanted[index] ?? 0) & ~one) |
        ((wanted[index + 1] ?? 0) & ~two) |
        ((wanted[index + 2] ?? 0) & ~three);
      if (lacking === 0) {
        met |= wanted[index + PARTS] ?? 0;
      }
    }
    return met;
  }

  add(sought: readonly Sought[]): void {
    if (this.#flags.has(sought)) {
      return;
    }
    if (this.#flags.size >= PART_BITS - SHAPE_BITS) {
      throw new Error("The rules have more lists of requirements than there are flags");
    }
    const flag = 1 << (SHAPE_BITS + this.#flags.size);
    this.#flags.set(sought, flag);
    for (const bits of this.#bitsOf(sought)) {
      this.#wanted.push(...bits, flag);
    }
  }

  /** A text that contains one of the patterns has all of one of these. */
  #bitsOf(sought: readonly Sought[]): readonly Bits[] {
    return triggersOf(sought, this.#costOf).flatMap(({ lists, isNamed }) => {
      const bits = [isNamed ? SHAPE.identifier : 0, 0, 0];
      for (const triggers of lists) {
        const bit = this.#bitOf(triggers);
        const part = Math.floor(bit / PART_BITS);
        bits[part] = (bits[part] ?? 0) | (1 << (bit % PART_BITS));
      }
      const [one = 0, two = 0, three = 0] = bits;
      const together: Bits = [one, two, three];
      return lists.some(({ unusual }) => unusual)
        ? [together, [SHAPE.unusual, 0, 0] as const]
        : [together];
    });
  }

  #bitOf(triggers: Triggers): number {
    const known = this.#bits.get(triggers);
    if (known !== undefined) {
      return known;
    }
    const { words, marks } = triggers;
    const bit = SHAPE_BITS + this.#bits.size;
    if (bit >= MOST_BITS) {
      throw new Error("The rules have more requirements than the automatons have bits");
    }
    this.#bits.set(triggers, bit);
    this.words.push(...words.map((text) => stemOf(text.replaceAll("_", " "), WORD_CLASS, bit)));
    this.marks.push(...marks.map((text) => stemOf(text, MARK_CLASS, bit)));
    return bit;
  }
}

function stemOf(text: string, table: Classes, bit: number): Stem {
  const all = [...text].map((char) => table[char.charCodeAt(0)] ?? 0);
  const isRepeated = (symbol: number, index: number) =>
    symbol === BLANK && all[index - 1] === BLANK;
  return { classes: all.filter((symbol, index) => !isRepeated(symbol, index)), bit };
}
