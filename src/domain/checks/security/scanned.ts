import { Phrases } from "./phrases.ts";
import type { Sought } from "./triggers.ts";

/** A text that rules look at. */
export interface Scanned {
  readonly text: string;
  /** Its words, normalised; made when a rule asks first. */
  phrases(): Phrases;
  /**
   * False where the first look has shown that none of these is in the text. Pass a list that the
   * rule's requirements name; of any other list nothing is known.
   */
  mayHave(sought: readonly Sought[]): boolean;
}

/** Without `mayHave` nothing is known of the text, so that rules look for all they seek. */
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
