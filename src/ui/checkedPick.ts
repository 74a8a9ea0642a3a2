import * as vscode from "vscode";

export interface CheckedPick<Item extends vscode.QuickPickItem, T> {
  readonly title: string;
  readonly placeholder: string;
  readonly items: readonly Item[];
  /** Buttons beside the title; pressing one leaves the list open. */
  readonly buttons?: readonly PressedButton[];
  /** Called for the item that was picked. What it throws is shown by `explain` below that item. */
  accept(item: Item): Promise<T>;
  explain?(error: unknown): string;
}

export interface PressedButton extends vscode.QuickInputButton {
  press(): unknown;
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
  list.buttons = options.buttons ?? [];
  return new Promise<T | undefined>((resolve) => {
    const end = (value: T | undefined): void => {
      resolve(value);
      list.dispose();
    };
    list.onDidTriggerButton((pressed) => {
      options.buttons?.find((button) => button === pressed)?.press();
    });
    list.onDidHide(() => end(undefined));
    list.onDidAccept(() => void accept(list, options, end));
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
    const detail = options.explain?.(error) ?? String(error);
    list.items = list.items.map((item) =>
      item.label === picked.label && item.description === picked.description
        ? { ...item, detail }
        : item,
    );
    list.busy = false;
    list.enabled = true;
  }
}
