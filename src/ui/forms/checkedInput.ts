import * as vscode from "vscode";
import { inert } from "../inert.ts";
import type { InputButton } from "./checkedPick.ts";

export interface CheckedInput<T> {
  readonly title: string;
  readonly prompt: string;
  readonly value?: string;
  readonly placeholder?: string;
  readonly password?: boolean;
  /** Buttons beside the title; what one returns ends the input with it. */
  readonly buttons?: readonly InputButton<T>[];
  /** Which of several steps this is; none for an input that stands alone. */
  readonly at?: { readonly step: number; readonly total: number };
  /** Says what is wrong while typing; nothing when it is fine. */
  validate?(text: string): string | undefined;
  /** Shown while nothing is wrong; doesn't keep anybody from going on. */
  warn?(text: string): string | undefined;
  /** Called on Enter. What it throws is shown by `explain`, and the text stays to be mended. */
  accept(text: string): Promise<T>;
  explain?(error: unknown): string;
}

/** An input box that stays open until its text is accepted. Undefined when it was dismissed. */
export function checkedInput<T>(options: CheckedInput<T>): Promise<T | undefined> {
  const box = vscode.window.createInputBox();
  box.title = options.title;
  box.prompt = inert(options.prompt);
  box.value = options.value ?? "";
  box.placeholder = options.placeholder ?? "";
  box.password = options.password ?? false;
  box.buttons = options.buttons ?? [];
  box.step = options.at?.step;
  box.totalSteps = options.at?.total;
  box.ignoreFocusOut = true;
  const validate = (text: string): void => {
    const warning = options.warn?.(text);
    box.validationMessage =
      problemOf(options, text) ??
      (warning && { message: inert(warning), severity: vscode.InputBoxValidationSeverity.Warning });
  };
  return new Promise<T | undefined>((resolve) => {
    const end = (value: T | undefined): void => {
      resolve(value);
      box.dispose();
    };
    box.onDidChangeValue(validate);
    box.onDidTriggerButton((pressed) => {
      const button = options.buttons?.find((candidate) => candidate === pressed);
      const value = button?.press();
      if (value !== undefined) end(value);
    });
    let isDismissed = false;
    box.onDidHide(() => {
      isDismissed = true;
      // What was sent can't be called back: what comes of it is the answer.
      if (box.enabled) end(undefined);
    });
    box.onDidAccept(async () => {
      await accept(box, options, end);
      if (isDismissed) end(undefined);
    });
    box.show();
  });
}

/** It may quote a name that somebody else gave. */
function problemOf<T>(options: CheckedInput<T>, text: string): string | undefined {
  const problem = options.validate?.(text);
  return problem && inert(problem);
}

async function accept<T>(
  box: vscode.InputBox,
  options: CheckedInput<T>,
  end: (value: T) => void,
): Promise<void> {
  if (!box.enabled) return;
  const problem = problemOf(options, box.value);
  if (problem !== undefined) {
    box.validationMessage = problem;
    return;
  }
  box.busy = true;
  box.enabled = false;
  try {
    end(await options.accept(box.value));
  } catch (error) {
    box.validationMessage = inert(options.explain?.(error) ?? String(error));
    box.busy = false;
    box.enabled = true;
  }
}
