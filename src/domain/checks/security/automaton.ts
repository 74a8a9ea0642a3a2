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
  /**
   * The bits of the stems that end in a state. The operators of bits see 31 at once without
   * leaving small integers, so that there are two parts.
   */
  readonly low: Int32Array;
  readonly high: Int32Array;
  /** The number of classes. */
  readonly width: number;
  /** The first state. A text begins like a word after a blank. */
  readonly first: number;
}

/** The bits in one part. */
export const PART_BITS = 31;
/** The number of bits that there is room for. */
export const MOST_BITS = 2 * PART_BITS;

/** A text to look for, as classes of characters, and the number of its bit. */
export interface Stem {
  readonly classes: readonly number[];
  readonly bit: number;
}

/**
 * Builds Aho and Corasick's automaton for all stems. It makes one step for each character, whatever
 * the text.
 * @param width the number of classes
 */
export function buildAutomaton(stems: readonly Stem[], width: number): Automaton {
  const { children, low, high, blanks } = trieOf(stems);
  if (children.length > 0xffff) {
    throw new Error("More states than two bytes can tell apart");
  }
  const next = new Uint16Array(children.length * width);
  const fall = new Uint16Array(children.length);
  const queue: number[] = [0];
  for (const state of queue) {
    const back = fall[state] ?? 0;
    low[state] = (low[state] ?? 0) | (low[back] ?? 0);
    high[state] = (high[state] ?? 0) | (high[back] ?? 0);
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
  return {
    next,
    low: Int32Array.from(low),
    high: Int32Array.from(high),
    width,
    first: next[BLANK] ?? 0,
  };
}

interface Trie {
  readonly children: Map<number, number>[];
  readonly low: number[];
  readonly high: number[];
  /** The states that a blank leads to. */
  readonly blanks: Set<number>;
}

function trieOf(stems: readonly Stem[]): Trie {
  const trie: Trie = { children: [new Map()], low: [0], high: [0], blanks: new Set() };
  // Makes sure that the state after a blank exists, whatever the stems are.
  stateOf(trie, [BLANK]);
  for (const { classes, bit } of stems) {
    const state = stateOf(trie, classes);
    const part = bit < PART_BITS ? trie.low : trie.high;
    part[state] = (part[state] ?? 0) | (1 << (bit % PART_BITS));
  }
  return trie;
}

/** The state after these classes, which is added where it is missing. */
function stateOf({ children, low, high, blanks }: Trie, classes: readonly number[]): number {
  let state = 0;
  for (const symbol of classes) {
    const known = children[state]?.get(symbol);
    const child = known ?? children.length;
    if (known === undefined) {
      children[state]?.set(symbol, child);
      children.push(new Map());
      low.push(0);
      high.push(0);
      if (symbol === BLANK) {
        blanks.add(child);
      }
    }
    state = child;
  }
  return state;
}
