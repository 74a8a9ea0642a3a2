/** Texts of one kind in words of our own. */
export interface Corpus {
  /** The rule that the kind is named after. Any rule of security may find a poisoned text. */
  readonly rule: string;
  readonly poisoned: readonly string[];
  /** Honest texts that come close. */
  readonly near: readonly string[];
}

/** One half serves to write the rules by, the other one only to measure them. */
export type Half = "tuned" | "held";

/** Every second text belongs to the half that rules were written by. */
export function halfOf(texts: readonly string[], half: Half): readonly string[] {
  return texts.filter((_, index) => (index % 2 === 0) === (half === "tuned"));
}
