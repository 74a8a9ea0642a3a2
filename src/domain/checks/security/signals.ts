import type { Patterns } from "./patterns.ts";
import type { Phrases } from "./phrases.ts";

/** A place in a text, and how strongly it suggests an attack. */
export interface Signal {
  readonly start: number;
  readonly end: number;
  readonly weight: number;
}

export function* signals({ words }: Phrases, lines: Patterns, weight: number): Iterable<Signal> {
  for (const { from, to } of lines.find(words)) {
    yield { start: words[from]?.start ?? 0, end: words[to]?.end ?? 0, weight };
  }
}
