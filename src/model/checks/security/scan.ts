import { AUTOMATON, CLASS, CLASS_BITS, CLASS_OF } from "./automaton.ts";
import { Phrases } from "./phrases.ts";
import { KIND_BITS, KIND_OF, LENGTHS, lengthFlags, SHAPES, THREE_KINDS } from "./shapes.ts";

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

/** What a character is to the automaton, and above that what it is to the shapes. */
const LOOK = Uint16Array.from(CLASS_OF, (symbol, code) => {
  return symbol | ((KIND_OF[code] ?? 0) << CLASS_BITS);
});

/**
 * One pass of a few look-ups a character, whatever the text, which tells the rules that have nothing
 * to look for from those that have: nearly every text of a catalogue ends here.
 */
export function scan(text: string): number {
  const { next, flags, first } = AUTOMATON;
  // In variables of its own: what is imported would be looked up again with each character.
  const looks = LOOK;
  const shapes = SHAPES;
  const allLengths = LENGTHS;
  const classBits = CLASS_BITS;
  const classMask = CLASS;
  const kindBits = KIND_BITS;
  const threeKinds = THREE_KINDS;
  let found = 0;
  let state = first;
  let three = 0;
  let lengths = 0;
  for (let index = 0; index < text.length; index += 1) {
    const look = looks[text.charCodeAt(index)] ?? 0;
    const kind = look >> classBits;
    state = next[state + (look & classMask)] ?? 0;
    three = ((three << kindBits) | kind) & threeKinds;
    found |= (flags[state >> classBits] ?? 0) | (shapes[three] ?? 0);
    lengths = allLengths[lengths | kind] ?? 0;
  }
  return found | lengthFlags(lengths);
}
