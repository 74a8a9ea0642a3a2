import { checkedInput, type StepNumber } from "./inputs.ts";

/** What a question answers where somebody wants to see the one before. No text is equal to it. */
export const BACK: unique symbol = Symbol("back");

/** Undefined where nothing was asked before. */
export type Back = typeof BACK | undefined;

/** What one question was answered with. It outlives Back, so the question can show it again. */
export class Answer<T> {
  value: T | undefined;
}

/** Where a question stands, and the way back where there is one. */
export interface StepPosition {
  /** Undefined in a form that can't tell how many questions it will have. */
  readonly at: StepNumber | undefined;
  readonly back: Back;
}

export interface StepContext<T> extends StepPosition {
  /** What was answered before somebody went back; undefined the first time. */
  readonly value: T | undefined;
}

/**
 * Asks what a flow asks, one question after the other, and gives the flow typed answers. Back runs
 * the flow again from the start: questions before the one to be seen again are answered as they
 * were, unseen. So between two questions a flow must do nothing that may not be done twice.
 * @returns what the flow returns; undefined when a question was dismissed
 */
export async function askForm<T>(
  flow: (input: MultiStepInput) => Promise<T>,
): Promise<T | undefined> {
  for (let from = 0; ; ) {
    try {
      return await flow(new MultiStepInput(from));
    } catch (error) {
      if (!(error instanceof LeftQuestion)) {
        throw error;
      }
      if (error.to === undefined) {
        return undefined;
      }
      from = error.to;
    }
  }
}

/** One run of a flow. */
export class MultiStepInput {
  /** Questions before this one are answered as they were. */
  readonly #from: number;
  #asked = 0;
  #total: number | undefined;

  constructor(from: number) {
    this.#from = from;
  }

  /** Says how many questions come from here on, so that each shows its number. */
  expect(count: number): void {
    this.#total = this.#asked + count;
  }

  /** The question's answer, from whoever is asked. Throws what ends or restarts the flow. */
  async ask<T>(
    answer: Answer<T>,
    question: (context: StepContext<T>) => Promise<T | typeof BACK | undefined>,
  ): Promise<T> {
    const index = this.#asked;
    this.#asked += 1;
    const { value } = answer;
    if (index < this.#from && value !== undefined) {
      return value;
    }
    const given = await question({
      value,
      at: this.#total === undefined ? undefined : { step: index + 1, total: this.#total },
      back: index === 0 ? undefined : BACK,
    });
    if (given === undefined) {
      throw new LeftQuestion(undefined);
    }
    if (given === BACK) {
      throw new LeftQuestion(index - 1);
    }
    answer.value = given;
    return given;
  }

  /** A question that is answered with a line of text. */
  text(answer: Answer<string>, question: TextQuestion): Promise<string> {
    const { title, prompt, placeholder, warning } = question;
    return this.ask(answer, ({ value, at, back }) =>
      checkedInput<string | typeof BACK>({
        title,
        prompt,
        value: value ?? question.value ?? "",
        at,
        back,
        password: question.password ?? false,
        ...(placeholder === undefined ? {} : { placeholder }),
        validate: (text) => question.problem(text.trim()),
        ...(warning === undefined ? {} : { warn: (text: string) => warning(text.trim()) }),
        accept: async (text) => text.trim(),
      }),
    );
  }
}

interface TextQuestion {
  readonly title: string;
  readonly prompt: string;
  readonly placeholder?: string;
  /** What stands there at first. */
  readonly value?: string;
  readonly password?: boolean;
  readonly problem: (text: string) => string | undefined;
  /** Beside the prompt while the text is fine: what is allowed and yet no good idea. */
  readonly warning?: (text: string) => string | undefined;
}

/** Thrown through a flow. */
class LeftQuestion extends Error {
  override readonly name = "LeftQuestion";
  /** The question to be seen again; undefined when the form was dismissed. */
  readonly to: number | undefined;

  constructor(to: number | undefined) {
    super();
    this.to = to;
  }
}
