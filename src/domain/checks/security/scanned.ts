import { lowered } from "./foreignPhrase.ts";
import { namedWords } from "./namedWords.ts";
import type { Found } from "./phraseBook.ts";
import { BOOK } from "./phraseKinds.ts";
import { Phrases } from "./phrases.ts";
import { type KnownNames, NO_NAMES } from "./toolNames.ts";
import type { Sought } from "./triggers.ts";

/** A text for rules to look at. */
export interface Scanned {
  readonly text: string;
  /** Its normalised words, made when a rule first asks. */
  phrases(): Phrases;
  /** The same words, with a single one in place of each name of a tool. */
  named(): Phrases;
  /** The text in lower case, each character in its place. */
  lower(): string;
  /** The matches of the phrases of all rules, looked for once. */
  found(): Found;
  /**
   * False where the first pass has shown that none of these is in the text. Pass a list that the
   * rule's requirements name, because nothing is known of other lists.
   */
  mayHave(sought: readonly Sought[]): boolean;
}

/** What is known of a text beforehand. Where nothing is, rules look for everything. */
export interface Knowledge {
  readonly mayHave: Scanned["mayHave"];
  readonly known: KnownNames | undefined;
  /** True for an ASCII text whose words are read as they are written. */
  readonly isPlain: boolean;
}

const NOTHING_KNOWN: Knowledge = {
  mayHave: () => true,
  known: undefined,
  isPlain: false,
};

export function scanned(
  text: string,
  { mayHave, known = NO_NAMES, isPlain }: Knowledge = NOTHING_KNOWN,
): Scanned {
  let made: Phrases | undefined;
  let named: Phrases | undefined;
  let found: Found | undefined;
  let lower: string | undefined;
  const phrases = (): Phrases => {
    made ??= new Phrases(text);
    return made;
  };
  const withNames = (): Phrases => {
    named ??= new Phrases(text, namedWords(text, phrases().words, known));
    return named;
  };
  return {
    text,
    phrases,
    named: withNames,
    lower: () => {
      lower ??= lowered(text);
      return lower;
    },
    found: () => {
      found ??= BOOK.find(
        text,
        isPlain,
        () => phrases().words,
        () => withNames().words,
      );
      return found;
    },
    mayHave,
  };
}
