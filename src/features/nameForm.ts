import * as vscode from "vscode";
import type { FieldValue } from "../domain/changes/change.ts";
import { Answer, type MultiStepInput } from "../editor/multiStepInput.ts";
import { notifyError } from "../editor/notifications.ts";

/** Why a text can't be a name or a description; undefined where it can. */
interface NameRules {
  readonly nameProblem: (text: string) => string | undefined;
  readonly descriptionProblem: (text: string) => string | undefined;
}

interface NameQuestions extends NameRules {
  readonly title: string;
  readonly name: string;
  readonly description: string | undefined;
  /** The prompt of the description, which says what an empty one means. */
  readonly descriptionPrompt: string;
}

export class NameAnswers {
  readonly name = new Answer<string>();
  readonly description = new Answer<string>();
}

/** Asks two questions. */
export async function askName(
  input: MultiStepInput,
  answers: NameAnswers,
  questions: NameQuestions,
): Promise<readonly FieldValue[]> {
  const { title } = questions;
  const name = await input.text(answers.name, {
    title,
    prompt: vscode.l10n.t("Name"),
    value: questions.name,
    problem: questions.nameProblem,
  });
  const description = await input.text(answers.description, {
    title,
    prompt: questions.descriptionPrompt,
    value: questions.description ?? "",
    problem: questions.descriptionProblem,
  });
  return valuesOf(name, description);
}

/**
 * Reads what a script gives: the name, a line break and the description. Without a line break the
 * description stays. Shows a message for a text that can't be one of them.
 */
export function givenName(text: string, rules: NameRules): readonly FieldValue[] | undefined {
  const [name = "", ...lines] = text.split("\n");
  const description = lines.length === 0 ? undefined : lines.join("\n");
  const problem = rules.nameProblem(name) ?? rules.descriptionProblem(description ?? "");
  if (problem === undefined) {
    return valuesOf(name, description);
  }
  void notifyError(problem);
  return undefined;
}

function valuesOf(name: string, description: string | undefined): readonly FieldValue[] {
  return [
    { field: { of: undefined, key: "name" }, to: name },
    ...(description === undefined
      ? []
      : [{ field: { of: undefined, key: "description" }, to: description || null }]),
  ];
}
