import { checkedInput, type StepNumber } from "./inputs.ts";

/** The answer that means "show the question before". It is a symbol, so no text equals it. */
export const BACK: unique symbol = Symbol("back");

/** Undefined for the first question. */
export type Back = typeof BACK | undefined;

/** The answer to one question. It survives Back, so that the question can show it again. */
export class Answer<T> {
  value: T | undefined;
}

/** The number of a question, and whether there is a way back. */
export interface StepPosition {
  /** Undefined in a form that can't tell how many questions it will have. */
  readonly at: StepNumber | undefined;
  readonly back: Back;
}

export interface StepContext<T> extends StepPosition {
  /** The earlier answer, after going back; undefined the first time. */
  readonly value: T | undefined;
}

/**
 * Runs a flow that asks questions one after another. Back runs the flow again from the start, and
 * answers earlier questions as before without showing them. So a flow must do nothing between two
 * questions that may not be repeated.
 * @returns the result of the flow; undefined when a question was dismissed
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
  /** The index of the first question that is shown. Earlier ones keep their answers. */
  readonly #from: number;
  #asked = 0;
  #total: number | undefined;

  constructor(from: number) {
    this.#from = from;
  }

  /** Announces the number of questions from here on, so that each shows its step. */
  expect(count: number): void {
    this.#total = this.#asked + count;
  }

  /** Asks a question unless its answer is known. Throws LeftQuestion to end or restart the flow. */
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

  /** Asks for one line of text. */
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
        accept: async (text) => question.answer?.(text.trim()) ?? text.trim(),
      }),
    );
  }
}

interface TextQuestion {
  readonly title: string;
  readonly prompt: string;
  readonly placeholder?: string;
  /** The initial value. */
  readonly value?: string;
  readonly password?: boolean;
  readonly problem: (text: string) => string | undefined;
  /** A warning for a valid text, next to the prompt. */
  readonly warning?: (text: string) => string | undefined;
  /** What was meant by a text that holds more than the answer; undefined for any other text. */
  readonly answer?: (text: string) => string | undefined;
}

/** Thrown to leave a flow. */
class LeftQuestion extends Error {
  override readonly name = "LeftQuestion";
  /** The index of the question to show next; undefined when the form was dismissed. */
  readonly to: number | undefined;

  constructor(to: number | undefined) {
    super();
    this.to = to;
  }
}
