/** The class of blanks. Any run of blanks counts as one. */
export const BLANK = 1;

/**
 * The class of each code unit. Every code unit has an entry, so that a loop needn't check for a
 * missing one.
 */
export type Classes = Uint8Array;

export interface Automaton {
  /**
   * The next state, by state times width plus class. Entries have two bytes, so that the table fits
   * into the processor's cache.
   */
  readonly next: Uint16Array;
  /** The flags of the stems that end in a state. */
  readonly flags: Int32Array;
  /** The number of classes. */
  readonly width: number;
  /** The first state. A text begins like a word after a blank. */
  readonly first: number;
}

/** A text to look for, as classes of characters, and its flag. */
export interface Stem {
  readonly classes: readonly number[];
  readonly flag: number;
}

/**
 * Builds Aho and Corasick's automaton for all stems. It makes one step for each character, whatever
 * the text.
 * @param width the number of classes
 */
export function buildAutomaton(stems: readonly Stem[], width: number): Automaton {
  const { children, flags, blanks } = trieOf(stems);
  if (children.length > 0xffff) {
    throw new Error("More states than two bytes can tell apart");
  }
  const next = new Uint16Array(children.length * width);
  const fall = new Uint16Array(children.length);
  const queue: number[] = [0];
  for (const state of queue) {
    const back = fall[state] ?? 0;
    flags[state] = (flags[state] ?? 0) | (flags[back] ?? 0);
    if (state > 0) {
      next.copyWithin(state * width, back * width, (back + 1) * width);
    }
    for (const [symbol, child] of children[state] ?? []) {
      fall[child] = next[state * width + symbol] ?? 0;
      next[state * width + symbol] = child;
      queue.push(child);
    }
  }
  for (const state of blanks) {
    next[state * width + BLANK] = state;
  }
  return { next, flags: Int32Array.from(flags), width, first: next[BLANK] ?? 0 };
}

interface Trie {
  readonly children: Map<number, number>[];
  readonly flags: number[];
  /** The states that a blank leads to. */
  readonly blanks: Set<number>;
}

function trieOf(stems: readonly Stem[]): Trie {
  const trie: Trie = { children: [new Map()], flags: [0], blanks: new Set() };
  // Makes sure that the state after a blank exists, whatever the stems are.
  add(trie, { classes: [BLANK], flag: 0 });
  for (const stem of stems) {
    add(trie, stem);
  }
  return trie;
}

function add({ children, flags, blanks }: Trie, { classes, flag }: Stem): void {
  let state = 0;
  for (const symbol of classes) {
    const known = children[state]?.get(symbol);
    const child = known ?? children.length;
    if (known === undefined) {
      children[state]?.set(symbol, child);
      children.push(new Map());
      flags.push(0);
      if (symbol === BLANK) {
        blanks.add(child);
      }
    }
    state = child;
  }
  flags[state] = (flags[state] ?? 0) | flag;
}
