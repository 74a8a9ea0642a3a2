/** The class of blanks: any run of them is one. */
export const BLANK = 1;

/** By code unit, its class: one entry each, so that a loop needn't ask whether there is one. */
export type Classes = Uint8Array;

export interface Automaton {
  /** By state times width plus class of character, the next state. Two bytes each: it has to be near. */
  readonly next: Uint16Array;
  /** By state, what ends there. */
  readonly flags: Int32Array;
  /** The number of classes. */
  readonly width: number;
  /** A text begins like a word after a blank. */
  readonly first: number;
}

/** A text that is looked for, as classes of characters, and what it stands for. */
export interface Stem {
  readonly classes: readonly number[];
  readonly flag: number;
}

/**
 * Aho and Corasick's automaton over all stems: one step a character, whatever the text. `width` is
 * the number of classes.
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
  // So that a text can begin like a word after a blank, whatever the stems are.
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
