import { checkedInput, type StepNumber } from "./inputs.ts";

/** The answer of somebody who wants to see the question before. */
export const BACK = "back";

/** Undefined where nothing was asked before. */
export type Back = typeof BACK | undefined;

/** What a question is answered with: a text, or what the form ends with. */
export type Answer<T = never> = { readonly text: string } | { readonly end: T } | typeof BACK;

/** What was answered so far. */
export interface Answers<Key extends string> {
  get(key: Key): string | undefined;
}

/** One question of a form that results in a T. Undefined ends the form without effect. */
export interface Step<Key extends string, T = never> {
  readonly key: Key;
  ask(context: StepContext<Key>): Promise<Answer<T> | undefined>;
}

export interface StepContext<Key extends string> extends StepPosition {
  /** What was answered before somebody went back; undefined the first time. */
  readonly value: string | undefined;
  readonly answers: Answers<Key>;
}

/** Where a question stands, and the way back where there is one. */
export interface StepPosition {
  /** Undefined in a form that can't tell how many questions it will have. */
  readonly at: StepNumber | undefined;
  readonly back: Back;
}

/** Of a form that begins with its own first question. */
const START: StepPosition = { at: { step: 1, total: 1 }, back: undefined };

/** Asks one question after the other, back and forth. Undefined when the form was dismissed. */
export async function askForm<Key extends string, T>(
  steps: readonly Step<Key, T>[],
): Promise<T | undefined> {
  const result = await askPart(steps, START, new Map());
  return result === BACK ? undefined : result;
}

/**
 * The same in place of one question of another form. BACK leads out of it.
 * @param answers what was answered before somebody went back out of it; they are added to
 */
export async function askPart<Key extends string, T>(
  steps: readonly Step<Key, T>[],
  { at, back }: StepPosition,
  answers: Map<Key, string>,
): Promise<T | typeof BACK | undefined> {
  for (let index = 0; index >= 0; ) {
    const step = steps[index];
    if (step === undefined) {
      return undefined;
    }
    const answer = await step.ask({
      value: answers.get(step.key),
      answers,
      at: at && { step: at.step + index, total: at.total - 1 + steps.length },
      back: index === 0 ? back : BACK,
    });
    if (answer === undefined) {
      return undefined;
    }
    if (answer === BACK) {
      index -= 1;
      continue;
    }
    if ("end" in answer) {
      return answer.end;
    }
    answers.set(step.key, answer.text);
    index += 1;
  }
  return BACK;
}

/** A part of a form ends the whole with its own result. */
export function endWith<T>(result: T | typeof BACK | undefined): Answer<T> | undefined {
  if (result === undefined) {
    return undefined;
  }
  return result === BACK ? BACK : { end: result };
}

interface TextStep<Key extends string> {
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
