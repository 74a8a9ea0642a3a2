import { canonicalText, jsonText } from "../../base/jsonText.ts";
import type { CapabilityKind } from "../catalogue/capability.ts";
import type { CapabilityRef } from "../servers/fields.ts";
import type { Baseline, Definition } from "./baseline.ts";
import type { DefinitionChange } from "./changes.ts";

/** A capability that probably has another name now: a proposal, never a fact. */
export interface Rename {
  readonly from: string;
  readonly to: string;
  /** How many of all words of both are in both, between `LEAST_ALIKE` and 1. */
  readonly alike: number;
}

interface Renamable {
  readonly name: string;
  readonly definition: Definition;
}

/** Below this share of common words, two definitions with one schema aren't taken for the same. */
const LEAST_ALIKE = 0.5;

/** Most candidates that share a rare word and are compared with one capability. */
const MOST_CANDIDATES = 12;

/**
 * Pairs what is gone with what is new: the same parameters, and alike in words. Each is in one pair at
 * most. Where two pairs are as likely, there is none.
 */
export function likelyRenames(
  kind: CapabilityKind,
  gone: readonly Renamable[],
  added: readonly Renamable[],
): readonly Rename[] {
  if (gone.length === 0 || added.length === 0) {
    return [];
  }
  const schemas = new SchemaTexts(kind);
  const groups = Map.groupBy(gone, (each) => schemas.of(each));
  const pairs = [...Map.groupBy(added, (each) => schemas.of(each))].flatMap(([schema, newOnes]) =>
    pairsIn(groups.get(schema) ?? [], newOnes),
  );
  return chosen(pairs);
}

/**
 * The canonical texts of schemas, each made once, because what is only renamed has the schema that it
 * had. With this, and without an index of a few, 500 renames are found in 0.6 of the time.
 */
class SchemaTexts {
  readonly #key: string;
  readonly #canonical = new Map<string, string>();

  constructor(kind: CapabilityKind) {
    this.#key = kind === "tool" ? "inputSchema" : "arguments";
  }

  of({ definition }: Renamable): string {
    const schema = definition[this.#key] ?? null;
    const written = jsonText(schema);
    const known = this.#canonical.get(written);
    if (known !== undefined) {
      return known;
    }
    const text = canonicalText(schema);
    this.#canonical.set(written, text);
    return text;
  }
}

function pairsIn(gone: readonly Renamable[], added: readonly Renamable[]): readonly Rename[] {
  if (gone.length === 0) {
    return [];
  }
  const worded = gone.map((each) => ({ name: each.name, words: wordsOf(each) }));
  // A few are compared with all: an index would cost more than it spares.
  const index = worded.length > MOST_CANDIDATES ? new WordIndex(worded) : undefined;
  return added.flatMap((each) => {
    const words = wordsOf(each);
    return [...(index?.candidates(words) ?? worded)]
      .map((old) => ({ from: old.name, to: each.name, alike: likeness(old.words, words) }))
      .filter(({ alike }) => alike >= LEAST_ALIKE);
  });
}

interface Worded {
  readonly name: string;
  readonly words: ReadonlySet<string>;
}

/** Finds what shares rare words with a text, so that not all is compared with all. */
class WordIndex {
  readonly #byWord = new Map<string, Worded[]>();

  constructor(worded: readonly Worded[]) {
    for (const each of worded) {
      for (const word of each.words) {
        const holders = this.#byWord.get(word);
        if (holders === undefined) {
          this.#byWord.set(word, [each]);
        } else {
          holders.push(each);
        }
      }
    }
  }

  candidates(words: ReadonlySet<string>): Iterable<Worded> {
    const found = new Map<string, Worded>();
    const holders = [...words]
      .flatMap((word) => {
        const of = this.#byWord.get(word);
        return of === undefined ? [] : [of];
      })
      .sort((one, other) => one.length - other.length);
    for (const each of holders.flatMap((of) => of.slice(0, MOST_CANDIDATES))) {
      if (found.size >= MOST_CANDIDATES) {
        break;
      }
      found.set(each.name, each);
    }
    return found.values();
  }
}

/** The words of name, title and description: letters and digits, split at a change of case too. */
function wordsOf({ name, definition }: Renamable): ReadonlySet<string> {
  const texts = [name, definition["title"], definition["description"]];
  const text = texts.filter((each) => typeof each === "string").join(" ");
  const split = text.replace(/(\p{Ll})(?=\p{Lu})/gu, "$1 ").toLowerCase();
  return new Set(split.match(/[\p{L}\p{N}]+/gu));
}

/** Jaccard's index. */
function likeness(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  let common = 0;
  for (const word of one) {
    if (other.has(word)) {
      common += 1;
    }
  }
  const all = one.size + other.size - common;
  return all === 0 ? 0 : common / all;
}

/** The likeliest pairs first, without those that are as likely as another of the same capability. */
function chosen(pairs: readonly Rename[]): readonly Rename[] {
  const taken = { from: new Set<string>(), to: new Set<string>() };
  const renames: Rename[] = [];
  const byLikeness = Map.groupBy(
    pairs.toSorted((one, other) => other.alike - one.alike),
    ({ alike }) => alike,
  );
  for (const group of byLikeness.values()) {
    const open = group.filter(({ from, to }) => !taken.from.has(from) && !taken.to.has(to));
    const counts = { from: countBy(open, "from"), to: countBy(open, "to") };
    for (const pair of open) {
      taken.from.add(pair.from);
      taken.to.add(pair.to);
      if (counts.from.get(pair.from) === 1 && counts.to.get(pair.to) === 1) {
        renames.push(pair);
      }
    }
  }
  return renames;
}

function countBy(pairs: readonly Rename[], key: "from" | "to"): ReadonlyMap<string, number> {
  const groups = Map.groupBy(pairs, (pair) => pair[key]);
  return new Map([...groups].map(([name, group]) => [name, group.length]));
}

/** The likely new name of a tool or prompt that a server has no more. */
export type RenamedTo = (serverId: string, of: CapabilityRef) => string | undefined;

/** A rename that waits for a review is proposed, one that was accepted is kept. */
export function renamedTo(
  baseline: Pick<Baseline, "renames"> | undefined,
  changes: readonly DefinitionChange[],
  of: CapabilityRef,
): string | undefined {
  const proposed = changes.find(
    (change) =>
      change.how === "renamed" && change.kind === of.kind && change.previousName === of.name,
  );
  const accepted = baseline?.renames?.find(
    ({ kind, from }) => kind === of.kind && from === of.name,
  );
  return proposed?.name ?? accepted?.to;
}
