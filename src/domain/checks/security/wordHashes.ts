import { endsSentence } from "./words.ts";

const APOSTROPHE = 39;
const FACTOR = 31;
/** Hashes stay small integers. */
const SMALL = 0x3fffffff;

/** Two words may have one hash. */
export function hashOf(word: string): number {
  let hash = 0;
  for (let index = 0; index < word.length; index += 1) {
    hash = (Math.imul(hash, FACTOR) + word.charCodeAt(index)) & SMALL;
  }
  return hash;
}

/** A place for each hash, few of which are shared. */
const TABLE = 1 << 14;
/** The groups that one number has a bit for. */
const LANE = 31;
const LANES = 2;
/** The sets of words that are looked at of each member. */
const DEPTH = 3;
const STRIDE = LANES * DEPTH;

/** Of each of these sets a sentence has to have a word. Those that fewest texts have come first. */
export type WordSets = readonly ReadonlySet<string>[];

/**
 * Tells which sentences of an ASCII text surely have no member of a list, without cutting words out of
 * the text. The members are in groups: a sentence that may have one has a word of a first, of a second
 * and of a third set of one group. One object serves for all texts.
 */
export class SentenceFilter {
  /** The number of a word by its hash; 0 for one of no set. */
  readonly #ids = new Uint16Array(TABLE);
  /** By the number of a word, the groups of whose first, second and third sets it is. */
  readonly #groups: Int32Array;
  /** The groups with a member that has only one or two sets. */
  readonly #always = new Int32Array(STRIDE);
  readonly #begun = new Int32Array(STRIDE);
  readonly #seen = new Int32Array(STRIDE);
  /** The end of the sentence that was read last. */
  end = 0;

  constructor(members: readonly WordSets[]) {
    let count = 0;
    for (const word of new Set(members.flatMap((sets) => sets.flatMap((set) => [...set])))) {
      const place = hashOf(word) % TABLE;
      if (this.#ids[place] === 0) {
        count += 1;
        this.#ids[place] = count;
      }
    }
    this.#groups = new Int32Array((count + 1) * STRIDE);
    for (const [group, sharing] of groupsOf(members).entries()) {
      for (const sets of sharing) {
        this.#add(group, sets);
      }
    }
  }

  /** Starts a text. @param present words that each of its sentences counts as having */
  begin(present: readonly string[]): void {
    this.#begun.set(this.#always);
    for (const word of present) {
      const place = this.#placeOf(word);
      for (let index = 0; index < STRIDE; index += 1) {
        addBits(this.#begun, index, this.#groups[place + index] ?? 0);
      }
    }
  }

  /** False where the sentence surely has no member. */
  mayHave(text: string, start: number): boolean {
    this.#seen.set(this.#begun);
    let hash = 0;
    let index = start;
    for (; index < text.length; index += 1) {
      const kind = KINDS[text.charCodeAt(index)] ?? SIGN;
      if (kind > SIGN || (hash > 0 && isApostrophe(text, index))) {
        hash = (Math.imul(hash, FACTOR) + Math.max(kind, APOSTROPHE)) & SMALL;
        continue;
      }
      this.#take(hash);
      hash = 0;
      if (kind === SIGN && endsSentence(text, index)) {
        break;
      }
    }
    this.#take(hash);
    this.end = index;
    return this.#isMet();
  }

  #take(hash: number): void {
    const place = hash > 0 ? (this.#ids[hash % TABLE] ?? 0) * STRIDE : 0;
    if (place > 0) {
      const seen = this.#seen;
      const groups = this.#groups;
      for (let index = 0; index < STRIDE; index += 1) {
        seen[index] = (seen[index] ?? 0) | (groups[place + index] ?? 0);
      }
    }
  }

  /** True where a group has a word of each of its three. */
  #isMet(): boolean {
    const seen = this.#seen;
    for (let lane = 0; lane < STRIDE; lane += DEPTH) {
      if (((seen[lane] ?? 0) & (seen[lane + 1] ?? 0) & (seen[lane + 2] ?? 0)) !== 0) {
        return true;
      }
    }
    return false;
  }

  #add(group: number, sets: WordSets): void {
    const bit = 1 << (group % LANE);
    const lane = Math.floor(group / LANE) * DEPTH;
    for (let depth = 0; depth < DEPTH; depth += 1) {
      const set = sets[depth];
      if (set === undefined) {
        addBits(this.#always, lane + depth, bit);
      }
      for (const word of set ?? []) {
        addBits(this.#groups, this.#placeOf(word) + lane + depth, bit);
      }
    }
  }

  #placeOf(word: string): number {
    return (this.#ids[hashOf(word) % TABLE] ?? 0) * STRIDE;
  }
}

function addBits(into: Int32Array, index: number, bits: number): void {
  into[index] = (into[index] ?? 0) | bits;
}

/**
 * As many groups as there are bits, each of members with equally many sets: where one needs a word
 * less, the whole group does. Neighbours have much in common, so that a group has few words.
 */
function groupsOf(members: readonly WordSets[]): readonly (readonly WordSets[])[] {
  const depthOf = (sets: WordSets): number => Math.min(sets.length, DEPTH);
  const nameOf = (sets: WordSets): string => sets.map((set) => [...set].join(" ")).join("|");
  const ordered = members
    .map((sets) => ({ sets, name: nameOf(sets) }))
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .map(({ sets }) => sets);
  const byDepth = [...Map.groupBy(ordered, depthOf).values()];
  // Each depth may have a group that it doesn't fill.
  const size = Math.ceil(ordered.length / (LANE * LANES - byDepth.length));
  return byDepth.flatMap((same) =>
    Array.from({ length: Math.ceil(same.length / size) }, (_, group) =>
      same.slice(group * size, (group + 1) * size),
    ),
  );
}

/** Takes the hashes of the words of a part of an ASCII text, which `asciiWords` would make. */
export function eachHash(
  text: string,
  start: number,
  end: number,
  take: (hash: number) => void,
): void {
  let hash = 0;
  for (let index = start; index < end; index += 1) {
    const code = text.charCodeAt(index);
    const kind = KINDS[code] ?? 0;
    if (kind > SIGN || (hash > 0 && isApostrophe(text, index))) {
      hash = (Math.imul(hash, FACTOR) + Math.max(kind, APOSTROPHE)) & SMALL;
    } else if (hash > 0) {
      take(hash);
      hash = 0;
    }
  }
  if (hash > 0) {
    take(hash);
  }
}

/** A sign that has to be looked at closer. */
const SIGN = 1;

/** The code of each letter in lower case and of each digit, 1 for signs, 0 for blanks and commas. */
const KINDS: Uint8Array = Uint8Array.from({ length: 128 }, (_, code) => {
  const char = String.fromCharCode(code).toLowerCase();
  if (/[a-z0-9]/.test(char)) {
    return char.charCodeAt(0);
  }
  return char === " " || char === "," ? 0 : SIGN;
});

/** True for an apostrophe within a word, where the word has begun. */
function isApostrophe(text: string, index: number): boolean {
  return text.charCodeAt(index) === APOSTROPHE && isLetterAt(text, index + 1);
}

function isLetterAt(text: string, index: number): boolean {
  return index < text.length && (KINDS[text.charCodeAt(index)] ?? 0) > SIGN;
}
