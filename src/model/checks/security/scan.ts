import { AUTOMATON, CLASS_OF, STATE_BITS } from "./automaton.ts";
import { Phrases } from "./phrases.ts";
import { shapesIn } from "./shapes.ts";

/** A text with what a first look at it has shown. */
export interface Scanned {
  readonly text: string;
  readonly flags: number;
  /** Its words, normalised; made when a rule asks first. */
  phrases(): Phrases;
}

export function scanned(text: string, flags = scan(text)): Scanned {
  let made: Phrases | undefined;
  return {
    text,
    flags,
    phrases: () => {
      made ??= new Phrases(text);
      return made;
    },
  };
}

/**
 * Two passes, one step a character each, which tell the rules that have nothing to look for from
 * those that have: nearly every text of a catalogue ends here.
 */
export function scan(text: string): number {
  return stemsIn(text) | shapesIn(text);
}

function stemsIn(text: string): number {
  const { next, flags, first } = AUTOMATON;
  let found = 0;
  let state = first;
  for (let index = 0; index < text.length; index += 1) {
    state = next[state + (CLASS_OF[text.charCodeAt(index)] ?? 0)] ?? 0;
    found |= flags[state >> STATE_BITS] ?? 0;
  }
  return found;
}
