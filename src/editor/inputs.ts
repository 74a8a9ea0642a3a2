import * as vscode from "vscode";
import { escapeLabel } from "./escape.ts";
import { notifyError } from "./notifications.ts";

/** What a box for a text and a list have in common. */
interface Question<T> {
  readonly title: string;
  /** Which of several steps this is; none for a question that stands alone. */
  readonly at?: StepNumber | undefined;
  /** The answer of VS Code's own Back; without it there is no such button. */
  readonly back?: T | undefined;
  /** Buttons beside the title; what one returns is the answer. */
  readonly buttons?: readonly InputButton<T>[];
  /**
   * Set where nothing is changed by checking an answer: Esc and Back then stop the check. What is
   * sent to be written can't be called back, and is waited for.
   */
  readonly isStoppable?: boolean;
  /** Words for what was thrown when the answer was sent. */
  explain?(error: unknown): string;
}

export interface StepNumber {
  readonly step: number;
  readonly total: number;
}

export interface InputButton<T> extends vscode.QuickInputButton {
  press(): T | undefined;
}

type Input = vscode.InputBox | vscode.QuickPick<vscode.QuickPickItem>;

interface Answering<T> {
  /** What Enter sends, which rejects when it is refused; undefined while there is nothing to send. */
  send(signal: AbortSignal): Promise<T> | undefined;
  /** Shows why it wasn't taken. */
  refuse(reason: string): void;
}

/** Asks until an answer is taken. Undefined when it was dismissed. */
function showUntilAccepted<T>(
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
    const stopped = new AbortController();
    const end = (value: T | undefined): void => {
      resolve(value);
      stopped.abort();
      input.dispose();
    };
    const mayLeave = (): boolean => input.enabled || question.isStoppable === true;
    input.onDidTriggerButton((pressed) => {
      const value = answerOf(question, pressed);
      // What was sent can't be called back: what comes of it is the answer.
      if (value !== undefined && mayLeave()) {
        end(value);
      }
    });
    let isDismissed = false;
    input.onDidHide(() => {
      isDismissed = true;
      if (mayLeave()) {
        end(undefined);
      }
    });
    const refused = (error: unknown): void => {
      const reason = question.explain?.(error) ?? String(error);
      input.busy = false;
      input.enabled = true;
      if (!isDismissed) {
        refuse(escapeLabel(reason));
        return;
      }
      void notifyError(`${question.title}: ${reason}`);
      end(undefined);
    };
    input.onDidAccept(async () => {
      const sent = input.enabled ? send(stopped.signal) : undefined;
      if (sent === undefined) {
        return;
      }
      input.busy = true;
      input.enabled = false;
      try {
        end(await sent);
      } catch (error) {
        if (!stopped.signal.aborted) {
          refused(error);
        }
      }
    });
    input.show();
  });
}

/** What a button beside the title answers; undefined for one that only does something. */
function answerOf<T>(
  { back, buttons = [] }: Question<T>,
  pressed: vscode.QuickInputButton,
): T | undefined {
  return pressed === vscode.QuickInputButtons.Back
    ? back
    : buttons.find((button) => button === pressed)?.press();
}

function buttonsOf<T>({ back, buttons = [] }: Question<T>): readonly vscode.QuickInputButton[] {
  return back === undefined ? buttons : [vscode.QuickInputButtons.Back, ...buttons];
}

interface CheckedInput<T> extends Question<T> {
  readonly prompt: string;
  readonly value?: string;
  readonly placeholder?: string;
  readonly password?: boolean;
  /** Says what is wrong while typing; nothing when it is fine. */
  validate?(text: string): string | undefined;
  /** Shown while nothing is wrong; doesn't keep anybody from going on. */
  warn?(text: string): string | undefined;
  /**
   * Called on Enter. What it throws is shown by `explain`, and the text stays to be mended. The
   * signal is aborted when the check is stopped.
   */
  accept(text: string, signal: AbortSignal): Promise<T>;
}

/** An input box that stays open until its text is accepted. Undefined when it was dismissed. */
export function checkedInput<T>(options: CheckedInput<T>): Promise<T | undefined> {
  const box = vscode.window.createInputBox();
  box.prompt = escapeLabel(options.prompt);
  box.value = options.value ?? "";
  box.placeholder = options.placeholder ?? "";
  box.password = options.password ?? false;
  box.onDidChangeValue((text) => {
    const warning = options.warn?.(text);
    box.validationMessage =
      problemOf(options, text) ??
      (warning && {
        message: escapeLabel(warning),
        severity: vscode.InputBoxValidationSeverity.Warning,
      });
  });
  const refuse = (reason: string): void => {
    box.validationMessage = reason;
  };
  return showUntilAccepted(options, box, {
    send(signal) {
      const problem = problemOf(options, box.value);
      if (problem === undefined) {
        return options.accept(box.value, signal);
      }
      refuse(problem);
      return undefined;
    },
    refuse,
  });
}

/** It may quote a name that somebody else gave. */
function problemOf<T>(options: CheckedInput<T>, text: string): string | undefined {
  const problem = options.validate?.(text);
  return problem && escapeLabel(problem);
}

interface CheckedPick<Item extends vscode.QuickPickItem, T> extends Question<T> {
  readonly placeholder: string;
  readonly items: readonly Item[];
  /** What stands ready to be confirmed; the first unless given. */
  readonly active?: Item | undefined;
  /** Called for the item that was picked. What it throws is shown by `explain` below that item. */
  accept(item: Item, signal: AbortSignal): Promise<T>;
}

/** A list with a filter that stays open until its choice is accepted. Undefined when dismissed. */
export function checkedPick<Item extends vscode.QuickPickItem, T>(
  options: CheckedPick<Item, T>,
): Promise<T | undefined> {
  const list = vscode.window.createQuickPick<Item>();
  list.placeholder = options.placeholder;
  list.matchOnDescription = true;
  list.items = options.items;
  if (options.active !== undefined) {
    list.activeItems = [options.active];
  }
  let picked: Item | undefined;
  return showUntilAccepted(options, list, {
    send(signal) {
      [picked] = list.activeItems;
      return picked && options.accept(picked, signal);
    },
    refuse(detail) {
      if (picked === undefined) {
        return;
      }
      const explained = { ...picked, detail };
      list.items = list.items.map((item) => (item === picked ? explained : item));
      // Otherwise the first takes its place, and Enter would choose something else.
      list.activeItems = [explained];
    },
  });
}
