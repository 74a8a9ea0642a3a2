import { AUTOMATON, BLANK, CLASS_OF, FLAG, STATE_WIDTH } from "./automaton.ts";
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

const AFTER_BLANK = AUTOMATON.next[BLANK] ?? 0;

function stemsIn(text: string): number {
  const { next, flags } = AUTOMATON;
  let found = 0;
  // A text begins like a word after a blank.
  let state = AFTER_BLANK;
  let before = BLANK;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code > 126 || (code < 32 && code !== 10 && code !== 9)) found |= FLAG.unusual;
    const symbol = CLASS_OF[code] ?? 0;
    // Any run of blanks is one.
    if (symbol === BLANK && before === BLANK) continue;
    state = next[state * STATE_WIDTH + symbol] ?? 0;
    found |= flags[state] ?? 0;
    before = symbol;
  }
  return found;
}
