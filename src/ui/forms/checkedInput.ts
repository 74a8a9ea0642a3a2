import * as vscode from "vscode";
import { inert } from "../inert.ts";
import { askUntilTaken, type Question } from "./question.ts";

export interface CheckedInput<T> extends Question<T> {
  readonly prompt: string;
  readonly value?: string;
  readonly placeholder?: string;
  readonly password?: boolean;
  /** Says what is wrong while typing; nothing when it is fine. */
  validate?(text: string): string | undefined;
  /** Shown while nothing is wrong; doesn't keep anybody from going on. */
  warn?(text: string): string | undefined;
  /** Called on Enter. What it throws is shown by `explain`, and the text stays to be mended. */
  accept(text: string): Promise<T>;
}

/** An input box that stays open until its text is accepted. Undefined when it was dismissed. */
export function checkedInput<T>(options: CheckedInput<T>): Promise<T | undefined> {
  const box = vscode.window.createInputBox();
  box.prompt = inert(options.prompt);
  box.value = options.value ?? "";
  box.placeholder = options.placeholder ?? "";
  box.password = options.password ?? false;
  box.onDidChangeValue((text) => {
    const warning = options.warn?.(text);
    box.validationMessage =
      problemOf(options, text) ??
      (warning && { message: inert(warning), severity: vscode.InputBoxValidationSeverity.Warning });
  });
  const refuse = (reason: string): void => {
    box.validationMessage = reason;
  };
  return askUntilTaken(options, box, {
    send() {
      const problem = problemOf(options, box.value);
      if (problem === undefined) return options.accept(box.value);
      refuse(problem);
      return undefined;
    },
    refuse,
  });
}

/** It may quote a name that somebody else gave. */
function problemOf<T>(options: CheckedInput<T>, text: string): string | undefined {
  const problem = options.validate?.(text);
  return problem && inert(problem);
}
