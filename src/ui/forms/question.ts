import * as vscode from "vscode";
import { inert } from "../inert.ts";
import { sayError } from "../say.ts";

/** What a box for a text and a list have in common. */
export interface Question<T> {
  readonly title: string;
  /** Which of several steps this is; none for a question that stands alone. */
  readonly at?: At | undefined;
  /** The answer of VS Code's own Back; without it there is no such button. */
  readonly back?: T | undefined;
  /** Buttons beside the title; what one returns is the answer. */
  readonly buttons?: readonly InputButton<T>[];
  /** Words for what was thrown when the answer was sent. */
  explain?(error: unknown): string;
}

export interface At {
  readonly step: number;
  readonly total: number;
}

export interface InputButton<T> extends vscode.QuickInputButton {
  press(): T | undefined;
}

type Input = vscode.InputBox | vscode.QuickPick<vscode.QuickPickItem>;

interface Answering<T> {
  /** What Enter sends, which rejects when it is refused; undefined while there is nothing to send. */
  send(): Promise<T> | undefined;
  /** Shows why it wasn't taken. */
  refuse(reason: string): void;
}

/** Asks until an answer is taken. Undefined when it was dismissed. */
export function askUntilTaken<T>(
  question: Question<T>,
  input: Input,
  { send, refuse }: Answering<T>,
): Promise<T | undefined> {
  input.title = question.title;
  input.step = question.at?.step;
  input.totalSteps = question.at?.total;
  input.buttons = buttonsOf(question);
  input.ignoreFocusOut = true;
  return new Promise<T | undefined>((resolve) => {
    const end = (value: T | undefined): void => {
      resolve(value);
      input.dispose();
    };
    input.onDidTriggerButton((pressed) => {
      const value =
        pressed === vscode.QuickInputButtons.Back
          ? question.back
          : question.buttons?.find((button) => button === pressed)?.press();
      // What was sent can't be called back: what comes of it is the answer.
      if (value !== undefined && input.enabled) end(value);
    });
    let isDismissed = false;
    input.onDidHide(() => {
      isDismissed = true;
      if (input.enabled) end(undefined);
    });
    input.onDidAccept(async () => {
      const sent = input.enabled ? send() : undefined;
      if (sent === undefined) return;
      input.busy = true;
      input.enabled = false;
      try {
        end(await sent);
      } catch (error) {
        const reason = question.explain?.(error) ?? String(error);
        input.busy = false;
        input.enabled = true;
        if (!isDismissed) return refuse(inert(reason));
        void sayError(`${question.title}: ${reason}`);
        end(undefined);
      }
    });
    input.show();
  });
}

function buttonsOf<T>({ back, buttons = [] }: Question<T>): readonly vscode.QuickInputButton[] {
  return back === undefined ? buttons : [vscode.QuickInputButtons.Back, ...buttons];
}
