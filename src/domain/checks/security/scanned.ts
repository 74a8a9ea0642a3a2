import { Phrases } from "./phrases.ts";
import type { Sought } from "./triggers.ts";

/** A text for rules to look at. */
export interface Scanned {
  readonly text: string;
  /** Its normalised words, made when a rule first asks. */
  phrases(): Phrases;
  /**
   * False where the first pass has shown that none of these is in the text. Pass a list that the
   * rule's requirements name, because nothing is known of other lists.
   */
  mayHave(sought: readonly Sought[]): boolean;
}

/** Without `mayHave` nothing is known of the text, and rules look for everything. */
export function scanned(text: string, mayHave: Scanned["mayHave"] = () => true): Scanned {
  let made: Phrases | undefined;
  return {
    text,
    phrases: () => {
      made ??= new Phrases(text);
      return made;
    },
    mayHave,
  };
}
