import * as vscode from "vscode";
import type { InputButton } from "./checkedPick.ts";

/** The answer of somebody who wants to see the step before. */
export const BACK = "back";

/** One question of a form. Undefined ends the form without effect. */
export interface Step<Key extends string> {
  readonly key: Key;
  /** False where earlier answers make the question pointless. */
  applies?(answers: ReadonlyMap<Key, string>): boolean;
  ask(context: StepContext<Key>): Promise<{ readonly text: string } | typeof BACK | undefined>;
}

export interface StepContext<Key extends string> {
  /** What was answered before somebody went back; undefined the first time. */
  readonly value: string | undefined;
  readonly answers: ReadonlyMap<Key, string>;
  readonly at: { readonly step: number; readonly total: number };
  readonly buttons: readonly InputButton<typeof BACK>[];
}

/** Asks one question after the other, back and forth. Undefined when the form was dismissed. */
export async function askSteps<Key extends string>(
  steps: readonly Step<Key>[],
): Promise<ReadonlyMap<Key, string> | undefined> {
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
      at: { step: index + 1, total: steps.length },
      buttons: asked.length === 0 ? [] : [backButton()],
    });
    if (answer === undefined) return undefined;
    if (answer === BACK) {
      index = asked.pop() ?? 0;
      continue;
    }
    answers.set(step.key, answer.text);
    asked.push(index);
    index += 1;
  }
  return answers;
}

function backButton(): InputButton<typeof BACK> {
  return {
    iconPath: vscode.QuickInputButtons.Back.iconPath,
    tooltip: vscode.l10n.t("Back"),
    press: () => BACK,
  };
}
