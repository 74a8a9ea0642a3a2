import type { Patterns } from "./pattern.ts";
import type { Phrases } from "./phrases.ts";

/** A place in a text, with how much it speaks for an attack. */
export interface Clue {
  readonly start: number;
  readonly end: number;
  readonly weight: number;
}

export function* clues({ words }: Phrases, lines: Patterns, weight: number): Iterable<Clue> {
  for (const { from, to } of lines.find(words)) {
    yield { start: words[from]?.start ?? 0, end: words[to]?.end ?? 0, weight };
  }
}
