import { TRIGGERS } from "./triggers.ts";

/** Flags of a text: which rules have something to look for in it. */
export const FLAG = {
  /** Something beside printable ASCII, tab and newline. */
  unusual: 1,
  /** A run of key or base64 characters that is long enough for either. */
  longRun: 2,
  /** A word of several parts, as tools are named. */
  identifier: 4,
  override: 8,
  concealment: 16,
  /** Something private, by a word that ordinary texts have too. */
  exfiltration: 32,
  /** Letters one by one, or digits among letters: words that don't want to be found. */
  disguised: 64,
  /** Somebody sends, takes or passes something on. */
  moving: 128,
  /** A file that holds secrets. */
  secretPath: 256,
  /** A character by its number. */
  escaped: 512,
} as const;

/** A class takes six bits. */
export const CLASS_BITS = 6;
const CLASSES = 1 << CLASS_BITS;
export const CLASS = CLASSES - 1;
/** Blanks are one class, letters fall together with their capitals. */
const BLANK = 1;
const UNUSUAL = CLASSES - 1;
export const FIRST_DIGIT = 28;
export const LAST_DIGIT = 37;
const SYMBOLS = "./'<>|#:[]!{\\%&";

export const CLASS_OF: Uint8Array = classes();

function classes(): Uint8Array {
  // One entry a code unit, so that a loop needn't ask whether there is one.
  const table = new Uint8Array(0x10000).fill(UNUSUAL);
  table.fill(0, 32, 127);
  // Hyphens and underscores too: api-key, api_key and api key are the same to a reader.
  for (const blank of [9, 10, 32, 45, 95]) table[blank] = BLANK;
  for (let letter = 0; letter < 26; letter += 1) {
    table[97 + letter] = 2 + letter;
    table[65 + letter] = 2 + letter;
  }
  for (let digit = 0; digit < 10; digit += 1) table[48 + digit] = FIRST_DIGIT + digit;
  for (const [index, symbol] of [...SYMBOLS].entries()) table[symbol.charCodeAt(0)] = 38 + index;
  return table;
}

interface Automaton {
  /** By state and class of character, the next state; states are multiples of the classes. */
  readonly next: Int32Array;
  /** By state divided by the classes: what ends there. */
  readonly flags: Uint16Array;
  /** A text begins like a word after a blank. */
  readonly first: number;
}

/** Aho and Corasick's automaton over all stems: one step a character, whatever the text. */
function build(): Automaton {
  const { children, flags, blanks } = trieOf();
  const next = new Int32Array(children.length * CLASSES);
  const fall = new Int32Array(children.length);
  const queue: number[] = [0];
  for (const state of queue) {
    const back = fall[state] ?? 0;
    flags[state] = (flags[state] ?? 0) | (flags[back] ?? 0);
    if (state > 0) next.copyWithin(state * CLASSES, back * CLASSES, (back + 1) * CLASSES);
    for (const [symbol, child] of children[state] ?? []) {
      fall[child] = (next[state * CLASSES + symbol] ?? 0) / CLASSES;
      next[state * CLASSES + symbol] = child * CLASSES;
      queue.push(child);
    }
  }
  // Any run of blanks is one.
  for (const state of blanks) next[state * CLASSES + BLANK] = state * CLASSES;
  return { next, flags: Uint16Array.from(flags), first: next[BLANK] ?? 0 };
}

interface Trie {
  readonly children: Map<number, number>[];
  readonly flags: number[];
  /** The states that a blank leads to. */
  readonly blanks: Set<number>;
}

function trieOf(): Trie {
  const trie: Trie = { children: [new Map()], flags: [0], blanks: new Set() };
  for (const family of FAMILIES) {
    for (const stem of TRIGGERS[family]) add(trie, symbolsOf(stem), FLAG[family]);
  }
  add(trie, [UNUSUAL], FLAG.unusual);
  return trie;
}

function symbolsOf(stem: string): readonly number[] {
  return [...stem].map((char) => CLASS_OF[char.charCodeAt(0)] ?? 0);
}

const FAMILIES = [
  "override",
  "concealment",
  "exfiltration",
  "moving",
  "secretPath",
  "escaped",
] as const;

function add({ children, flags, blanks }: Trie, symbols: readonly number[], flag: number): void {
  let state = 0;
  for (const symbol of symbols) {
    const known = children[state]?.get(symbol);
    const child = known ?? children.length;
    if (known === undefined) {
      children[state]?.set(symbol, child);
      children.push(new Map());
      flags.push(0);
      if (symbol === BLANK) blanks.add(child);
    }
    state = child;
  }
  flags[state] = (flags[state] ?? 0) | flag;
}

export const AUTOMATON: Automaton = build();
