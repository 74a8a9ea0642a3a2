import * as vscode from "vscode";
import { inert } from "../inert.ts";

export interface CheckedPick<Item extends vscode.QuickPickItem, T> {
  readonly title: string;
  readonly placeholder: string;
  readonly items: readonly Item[];
  /** What stands ready to be confirmed; the first unless given. */
  readonly active?: Item | undefined;
  /** Which of several steps this is; none for a list that stands alone. */
  readonly at?: { readonly step: number; readonly total: number };
  /** Buttons beside the title; what one returns ends the list with it. */
  readonly buttons?: readonly InputButton<T>[];
  /** Called for the item that was picked. What it throws is shown by `explain` below that item. */
  accept(item: Item): Promise<T>;
  explain?(error: unknown): string;
}

export interface InputButton<T> extends vscode.QuickInputButton {
  press(): T | undefined;
}

/** A list with a filter that stays open until its choice is accepted. Undefined when dismissed. */
export function checkedPick<Item extends vscode.QuickPickItem, T>(
  options: CheckedPick<Item, T>,
): Promise<T | undefined> {
  const list = vscode.window.createQuickPick<Item>();
  list.title = options.title;
  list.placeholder = options.placeholder;
  list.matchOnDescription = true;
  list.ignoreFocusOut = true;
  list.items = options.items;
  if (options.active !== undefined) list.activeItems = [options.active];
  list.buttons = options.buttons ?? [];
  list.step = options.at?.step;
  list.totalSteps = options.at?.total;
  return new Promise<T | undefined>((resolve) => {
    const end = (value: T | undefined): void => {
      resolve(value);
      list.dispose();
    };
    list.onDidTriggerButton((pressed) => {
      const value = options.buttons?.find((button) => button === pressed)?.press();
      if (value !== undefined) end(value);
    });
    let isDismissed = false;
    list.onDidHide(() => {
      isDismissed = true;
      // What was sent can't be called back: what comes of it is the answer.
      if (list.enabled) end(undefined);
    });
    list.onDidAccept(async () => {
      await accept(list, options, end);
      if (isDismissed) end(undefined);
    });
    list.show();
  });
}

async function accept<Item extends vscode.QuickPickItem, T>(
  list: vscode.QuickPick<Item>,
  options: CheckedPick<Item, T>,
  end: (value: T) => void,
): Promise<void> {
  const [picked] = list.activeItems;
  if (picked === undefined || !list.enabled) return;
  list.busy = true;
  list.enabled = false;
  try {
    end(await options.accept(picked));
  } catch (error) {
    const detail = inert(options.explain?.(error) ?? String(error));
    const explained = { ...picked, detail };
    list.items = list.items.map((item) => (item === picked ? explained : item));
    // Otherwise the first takes its place, and Enter would choose something else.
    list.activeItems = [explained];
    list.busy = false;
    list.enabled = true;
  }
}
