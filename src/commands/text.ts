import * as vscode from "vscode";
import { inert } from "../model/inert.ts";
import { sayError } from "../ui/say.ts";

interface Question extends vscode.InputBoxOptions {
  validateInput(text: string): string | undefined;
}

/** The text that a script gave, held to the same rules; else what the person types. */
export async function textFor(
  text: string | undefined,
  question: Question,
): Promise<string | undefined> {
  if (text === undefined) {
    return vscode.window.showInputBox({
      ...question,
      validateInput: (typed) => {
        const problem = question.validateInput(typed);
        return problem && inert(problem);
      },
    });
  }
  const problem = question.validateInput(text);
  if (problem === undefined) return text;
  void sayError(problem);
  return undefined;
}
