import * as vscode from "vscode";
import { askUntilTaken, type Question } from "./question.ts";

export interface CheckedPick<Item extends vscode.QuickPickItem, T> extends Question<T> {
  readonly placeholder: string;
  readonly items: readonly Item[];
  /** What stands ready to be confirmed; the first unless given. */
  readonly active?: Item | undefined;
  /** Called for the item that was picked. What it throws is shown by `explain` below that item. */
  accept(item: Item): Promise<T>;
}

/** A list with a filter that stays open until its choice is accepted. Undefined when dismissed. */
export function checkedPick<Item extends vscode.QuickPickItem, T>(
  options: CheckedPick<Item, T>,
): Promise<T | undefined> {
  const list = vscode.window.createQuickPick<Item>();
  list.placeholder = options.placeholder;
  list.matchOnDescription = true;
  list.items = options.items;
  if (options.active !== undefined) list.activeItems = [options.active];
  let picked: Item | undefined;
  return askUntilTaken(options, list, {
    send() {
      [picked] = list.activeItems;
      return picked && options.accept(picked);
    },
    refuse(detail) {
      if (picked === undefined) return;
      const explained = { ...picked, detail };
      list.items = list.items.map((item) => (item === picked ? explained : item));
      // Otherwise the first takes its place, and Enter would choose something else.
      list.activeItems = [explained];
    },
  });
}
