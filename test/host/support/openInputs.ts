import * as vscode from "vscode";
import type { Replacements } from "./replacements.ts";

type ItemButton = vscode.QuickPickItemButtonEvent<vscode.QuickPickItem>;

/** The entries of a list, and whether several can be chosen. */
interface Offered {
  readonly items: readonly vscode.QuickPickItem[];
  readonly many: boolean;
}

/**
 * The open input box and the open list. They are on screen, and tests can reach them. A list stays open
 * without the focus: a tree that had it takes it back when VS Code ends drawing it just then.
 */
export class OpenInputs {
  /** All texts that inputs and lists have shown. */
  readonly texts: string[] = [];
  #box: vscode.InputBox | undefined;
  #list: vscode.QuickPick<vscode.QuickPickItem> | undefined;
  #offered: Offered | undefined;
  #focused: vscode.QuickPickItem | undefined;
  readonly #pressed = new WeakMap<object, (button: vscode.QuickInputButton) => void>();
  readonly #pressedOfItem = new WeakMap<object, (event: ItemButton) => void>();

  watch(replacements: Replacements): void {
    this.#watchBoxes(replacements);
    this.#watchLists(replacements);
    this.#watchOffered(replacements);
  }

  get box(): vscode.InputBox | undefined {
    return this.#box;
  }

  /** The list of `createQuickPick`. */
  get list(): vscode.QuickPick<vscode.QuickPickItem> | undefined {
    return this.#list;
  }

  /** The list of `showQuickPick`, which only the workbench can reach. */
  get offered(): Offered | undefined {
    return this.#offered;
  }

  /** The entry that Enter would choose. */
  get focused(): vscode.QuickPickItem | undefined {
    return this.#focused;
  }

  /** Presses a button in the title. */
  press(button: vscode.QuickInputButton): void {
    const open = this.#box ?? this.#list;
    if (open !== undefined) {
      this.#pressed.get(open)?.(button);
    }
  }

  /** Presses a button of an entry. */
  pressOfItem(event: ItemButton): void {
    if (this.#list !== undefined) {
      this.#pressedOfItem.get(this.#list)?.(event);
    }
  }

  #watchBoxes(replacements: Replacements): void {
    replacements.replace(vscode.window, "createInputBox", (real) => () => {
      const box = real();
      this.#remember(box, () => (this.#box = undefined));
      this.#onShow(box, () => {
        this.#box = box;
        this.texts.push(JSON.stringify([box.title, box.prompt, box.placeholder]));
      });
      return box;
    });
    replacements.replace(
      vscode.window,
      "showInputBox",
      (real) => (options: vscode.InputBoxOptions, token?: vscode.CancellationToken) => {
        this.texts.push(JSON.stringify(options));
        return real(options, token);
      },
    );
  }

  #watchLists(replacements: Replacements): void {
    replacements.replace(vscode.window, "createQuickPick", (real) => () => {
      const list: vscode.QuickPick<vscode.QuickPickItem> = real();
      list.ignoreFocusOut = true;
      this.#remember(list, () => (this.#list = undefined));
      this.#watchItemButtons(list);
      this.#onShow(list, () => {
        this.#list = list;
        this.texts.push(JSON.stringify([list.title, list.placeholder, list.items.map(shownOf)]));
      });
      return list;
    });
  }

  #watchOffered(replacements: Replacements): void {
    replacements.replace(
      vscode.window,
      "showQuickPick",
      (real) =>
        async (items: readonly vscode.QuickPickItem[], options: vscode.QuickPickOptions) => {
          this.texts.push(JSON.stringify([options, items.map(shownOf)]));
          this.#offered = { items, many: options.canPickMany === true };
          const onDidSelectItem = (item: vscode.QuickPickItem | string) => {
            if (typeof item === "object") {
              this.#focused = item;
            }
          };
          const picked = await real(items, { ...options, ignoreFocusOut: true, onDidSelectItem });
          this.#focused = undefined;
          this.#offered = undefined;
          return picked;
        },
    );
  }

  #remember(
    input: vscode.InputBox | vscode.QuickPick<vscode.QuickPickItem>,
    gone: () => void,
  ): void {
    input.onDidHide(gone);
    const listeners: ((button: vscode.QuickInputButton) => unknown)[] = [];
    this.#pressed.set(input, (button) => {
      for (const listener of listeners) {
        listener(button);
      }
    });
    Object.defineProperty(input, "onDidTriggerButton", {
      value: (listener: (button: vscode.QuickInputButton) => unknown) => {
        listeners.push(listener);
        return new vscode.Disposable(() => undefined);
      },
    });
  }

  #watchItemButtons(list: vscode.QuickPick<vscode.QuickPickItem>): void {
    const listeners: ((event: ItemButton) => unknown)[] = [];
    this.#pressedOfItem.set(list, (event) => {
      for (const listener of listeners) {
        listener(event);
      }
    });
    Object.defineProperty(list, "onDidTriggerItemButton", {
      value: (listener: (event: ItemButton) => unknown) => {
        listeners.push(listener);
        return new vscode.Disposable(() => undefined);
      },
    });
  }

  #onShow(input: vscode.QuickInput, shown: () => void): void {
    const show = input.show.bind(input);
    Object.defineProperty(input, "show", {
      value: () => {
        shown();
        show();
      },
    });
  }
}

/** What is drawn of an entry. It may carry more, such as the arguments of a command. */
function shownOf({ label, description, detail, buttons }: vscode.QuickPickItem): unknown {
  return { label, description, detail, buttons: buttons?.map(({ tooltip }) => tooltip) };
}
