import type { At } from "./question.ts";

/** The answer of somebody who wants to see the step before. */
export const BACK = "back";

/** Undefined where nothing was asked before. */
export type Back = typeof BACK | undefined;

/** What was answered so far. */
export interface Answers<Key extends string> {
  get(key: Key): string | undefined;
}

/** One question of a form. Undefined ends the form without effect. */
export interface Step<Key extends string> {
  readonly key: Key;
  /** False where earlier answers make the question pointless. */
  applies?(answers: Answers<Key>): boolean;
  ask(context: StepContext<Key>): Promise<{ readonly text: string } | typeof BACK | undefined>;
}

export interface StepContext<Key extends string> extends Place {
  /** What was answered before somebody went back; undefined the first time. */
  readonly value: string | undefined;
  readonly answers: Answers<Key>;
}

/** Where a question stands: its number, and the way back where there is one. */
export interface Place {
  readonly at: At;
  readonly back: Back;
}

/** Of a form that begins with its own first question. */
const START: Place = { at: { step: 1, total: 1 }, back: undefined };

/** Asks one question after the other, back and forth. Undefined when the form was dismissed. */
export function askSteps<Key extends string>(
  steps: readonly Step<Key>[],
): Promise<Answers<Key> | undefined>;
/** The same in place of a question of another form: BACK leads out of it. */
export function askSteps<Key extends string>(
  steps: readonly Step<Key>[],
  place: Place,
): Promise<Answers<Key> | typeof BACK | undefined>;
export async function askSteps<Key extends string>(
  steps: readonly Step<Key>[],
  { at, back }: Place = START,
): Promise<Answers<Key> | typeof BACK | undefined> {
  const answers = new Map<Key, string>();
  const asked: number[] = [];
  for (let index = 0; index < steps.length; ) {
    const step = steps[index];
    if (step === undefined || step.applies?.(answers) === false) {
      index += 1;
      continue;
    }
    const answer = await step.ask({
      value: answers.get(step.key),
      answers,
      at: { step: at.step + index, total: at.total - 1 + steps.length },
      back: asked.length === 0 ? back : BACK,
    });
    if (answer === undefined) return undefined;
    if (answer === BACK) {
      const before = asked.pop();
      if (before === undefined) return BACK;
      index = before;
      continue;
    }
    answers.set(step.key, answer.text);
    asked.push(index);
    index += 1;
  }
  return answers;
}
