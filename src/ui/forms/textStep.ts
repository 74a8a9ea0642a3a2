import { checkedInput } from "./checkedInput.ts";
import type { Answer, Answers, Step } from "./steps.ts";

export interface TextStep<Key extends string> {
  readonly key: Key;
  readonly title: string;
  readonly prompt: string;
  readonly placeholder?: string;
  /** What stands there at first; may hang on earlier answers. */
  readonly value?: string | ((answers: Answers<Key>) => string);
  problem(text: string): string | undefined;
  /** Beside the prompt while the text is fine: what is allowed and yet no good idea. */
  warning?(text: string): string | undefined;
}

/** A question that is answered with a line of text. */
export function textStep<Key extends string>(step: TextStep<Key>): Step<Key> {
  const { key, title, prompt, placeholder, value } = step;
  return {
    key,
    ask: ({ value: before, answers, at, back }) =>
      checkedInput<Answer>({
        title,
        prompt,
        value: before ?? (typeof value === "function" ? value(answers) : (value ?? "")),
        at,
        back,
        ...(placeholder === undefined ? {} : { placeholder }),
        validate: (text) => step.problem(text.trim()),
        ...(step.warning === undefined
          ? {}
          : { warn: (text: string) => step.warning?.(text.trim()) }),
        accept: async (text) => ({ text: text.trim() }),
      }),
  };
}
