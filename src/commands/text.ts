import { askText, sayError, type TextQuestion } from "../ui/say.ts";

/** The text that a script gave, held to the same rules; else what the person types. */
export async function textFor(
  text: string | undefined,
  question: TextQuestion,
): Promise<string | undefined> {
  if (text === undefined) return askText(question);
  const problem = question.validateInput(text);
  if (problem === undefined) return text;
  void sayError(problem);
  return undefined;
}
