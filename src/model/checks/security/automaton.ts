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
} as const;

/** Blanks are one class, letters fall together with their capitals. */
const CLASSES = 64;
export const BLANK = 1;
export const FIRST_DIGIT = 28;
export const LAST_DIGIT = 37;
const SYMBOLS = "./'<>|#:[]!";

export const CLASS_OF: Uint8Array = classes();

function classes(): Uint8Array {
  // One entry a code unit, so that a loop needn't ask whether there is one.
  const table = new Uint8Array(0x10000);
  // Hyphens and underscores too: api-key, api_key and api key are the same to a reader.
  for (const blank of [9, 10, 11, 12, 13, 32, 45, 95]) table[blank] = BLANK;
  for (let letter = 0; letter < 26; letter += 1) {
    table[97 + letter] = 2 + letter;
    table[65 + letter] = 2 + letter;
  }
  for (let digit = 0; digit < 10; digit += 1) table[48 + digit] = FIRST_DIGIT + digit;
  for (const [index, symbol] of [...SYMBOLS].entries()) table[symbol.charCodeAt(0)] = 38 + index;
  return table;
}

interface Automaton {
  /** The next state, by state and class of character. */
  readonly next: Int16Array;
  /** Flags of the stems that end in a state. */
  readonly flags: Uint16Array;
}

/** Aho and Corasick's automaton over all stems: one step a character, whatever the text. */
function build(): Automaton {
  const trie = trieOf();
  const states = trie.children.length;
  const next = new Int16Array(states * CLASSES);
  const flags = Uint16Array.from(trie.flags);
  const fall = new Int16Array(states);
  const queue: number[] = [0];
  for (const state of queue) {
    const back = fall[state] ?? 0;
    flags[state] = (flags[state] ?? 0) | (flags[back] ?? 0);
    if (state > 0) next.copyWithin(state * CLASSES, back * CLASSES, (back + 1) * CLASSES);
    for (const [symbol, child] of trie.children[state] ?? []) {
      fall[child] = next[state * CLASSES + symbol] ?? 0;
      next[state * CLASSES + symbol] = child;
      queue.push(child);
    }
  }
  return { next, flags };
}

function trieOf(): { readonly children: Map<number, number>[]; readonly flags: number[] } {
  const children: Map<number, number>[] = [new Map()];
  const flags: number[] = [0];
  for (const family of [
    "override",
    "concealment",
    "exfiltration",
    "moving",
    "secretPath",
  ] as const) {
    for (const stem of TRIGGERS[family]) {
      let state = 0;
      for (const char of stem) {
        const symbol = CLASS_OF[char.charCodeAt(0)] ?? 0;
        const known = children[state]?.get(symbol);
        const child = known ?? children.length;
        if (known === undefined) {
          children[state]?.set(symbol, child);
          children.push(new Map());
          flags.push(0);
        }
        state = child;
      }
      flags[state] = (flags[state] ?? 0) | FLAG[family];
    }
  }
  return { children, flags };
}

export const AUTOMATON: Automaton = build();
export const STATE_WIDTH = CLASSES;
