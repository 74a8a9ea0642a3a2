import * as vscode from "vscode";
import { escapeLabel } from "./escape.ts";
import { notifyError } from "./notifications.ts";

/** Options of both inputs and lists. */
interface Question<T> {
  readonly title: string;
  /** The number of the step; undefined for a single question. */
  readonly at?: StepNumber | undefined;
  /** The answer when VS Code's Back button is pressed. Without it there is no such button. */
  readonly back?: T | undefined;
  /** Buttons in the title. A value that one returns becomes the answer. */
  readonly buttons?: readonly InputButton<T>[];
  /**
   * Set where checking an answer changes nothing, so that Esc and Back may stop the check. A write
   * can't be called back, so the question waits for it.
   */
  readonly isStoppable?: boolean;
  /** Explains an error that was thrown while the answer was checked. */
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
  /**
   * Sends the answer on Enter. Rejects when it is refused; undefined while there is nothing to
   * send.
   */
  send(signal: AbortSignal): Promise<T> | undefined;
  /** Shows why the answer was refused. */
  refuse(reason: string): void;
}

/** Asks until an answer is accepted. Undefined when it was dismissed. */
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
      // A write can't be called back, so its result is the answer.
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

/** The answer of a button; undefined for a button that only does something. */
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
  /** The error to show while typing; undefined for a valid text. */
  validate?(text: string): string | undefined;
  /** A warning to show for a valid text; it doesn't prevent going on. */
  warn?(text: string): string | undefined;
  /**
   * Called on Enter. When it rejects, `explain` shows why and the text stays. The signal is aborted
   * when the check is stopped.
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

/** Escaped, because it may quote a name that somebody else gave. */
function problemOf<T>(options: CheckedInput<T>, text: string): string | undefined {
  const problem = options.validate?.(text);
  return problem && escapeLabel(problem);
}

interface CheckedPick<Item extends vscode.QuickPickItem, T> extends Question<T> {
  readonly placeholder: string;
  readonly items: readonly Item[];
  /** The item that is active at first; by default the first. */
  readonly active?: Item | undefined;
  /** Called for the picked item. When it rejects, `explain` shows why below the item. */
  accept(item: Item, signal: AbortSignal): Promise<T>;
}

/** A list that stays open until a choice is accepted. Undefined when it was dismissed. */
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
      // Otherwise the first item becomes active, and Enter would choose that one.
      list.activeItems = [explained];
    },
  });
}
