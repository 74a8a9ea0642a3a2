import type { Rule, TextRule } from "./rule.ts";

/** Text rules, by the flags of the texts that they want: a few sets of them recur. */
export class TextRules {
  readonly #all: readonly TextRule[];
  readonly #wanting = new Map<number, readonly TextRule[]>();

  constructor(rules: readonly Rule[]) {
    this.#all = rules.filter((rule) => rule.of === "text");
  }

  get isEmpty(): boolean {
    return this.#all.length === 0;
  }

  wanting(flags: number): readonly TextRule[] {
    const known = this.#wanting.get(flags);
    if (known !== undefined) return known;
    const wanting = this.#all.filter((rule) => rule.wants(flags));
    this.#wanting.set(flags, wanting);
    return wanting;
  }
}
