import * as vscode from "vscode";
import { until } from "./screen.ts";

/** A message that the extension has shown. */
export interface Message {
  readonly severity: "information" | "warning" | "error";
  readonly text: string;
  readonly buttons: readonly string[];
  press(button: string): void;
}

type ItemButton = vscode.QuickPickItemButtonEvent<vscode.QuickPickItem>;

/** An input box as a person sees it. */
interface Asked {
  readonly title: string;
  readonly prompt: string;
  readonly value: string;
  readonly complaint: string;
}

/** What a list of `showQuickPick` has, and whether several of it can be taken. */
interface Offered {
  readonly items: readonly vscode.QuickPickItem[];
  readonly many: boolean;
}

const NEXT = "workbench.action.quickOpenSelectNext";

/**
 * Somebody in front of the window. What the extension opens is real and on screen; only the hands
 * are missing in an extension host, so texts are put into the box that is open, and Enter is the
 * workbench's own command.
 */
export class Person {
  readonly messages: Message[] = [];
  /** The addresses that were opened in a browser. */
  readonly opened: string[] = [];
  /** Everything that inputs and lists have shown, as text. */
  readonly inputs: string[] = [];
  #box: vscode.InputBox | undefined;
  #focused: vscode.QuickPickItem | undefined;
  #offered: Offered | undefined;
  #list: vscode.QuickPick<vscode.QuickPickItem> | undefined;
  readonly #pressed = new WeakMap<object, (button: vscode.QuickInputButton) => void>();
  readonly #pressedOfItem = new WeakMap<object, (event: ItemButton) => void>();
  readonly #restore: (() => void)[] = [];

  constructor() {
    this.#watchInputs();
    this.#watchMessages();
    this.#replace(vscode.env, "openExternal", () => async (uri: vscode.Uri) => {
      this.opened.push(uri.toString(true));
      return true;
    });
  }

  /** What is asked now, what stands there, and the complaint, if there is one. */
  get asked(): Asked | undefined {
    const box = this.#box;
    if (box === undefined) return undefined;
    const complaint = box.validationMessage ?? "";
    return {
      title: box.title ?? "",
      prompt: box.prompt ?? "",
      value: box.value,
      complaint: typeof complaint === "string" ? complaint : complaint.message,
    };
  }

  get listed(): readonly vscode.QuickPickItem[] | undefined {
    return this.#list?.items;
  }

  /** Waits for a box, puts the text into it and presses Enter. */
  async type(text: string): Promise<void> {
    const box = await until(
      () => this.#box,
      (open) => open?.enabled === true,
    ).then(defined);
    box.value = text;
    box.validationMessage = undefined;
    await this.#enter(() => this.#box !== box || box.busy || this.asked?.complaint !== "");
  }

  /** Waits for a box and takes what it suggests. */
  async enter(): Promise<void> {
    const box = defined(
      await until(
        () => this.#box,
        (open) => open?.enabled === true,
      ),
    );
    await this.type(box.value);
  }

  /** Waits for the complaint about what was typed. */
  async complaint(): Promise<string> {
    const { complaint } = defined(
      await until(
        () => (this.#box?.busy ? undefined : this.asked),
        (asked) => asked !== undefined && asked.complaint !== "",
      ),
    );
    return complaint;
  }

  /** Waits for a list with this entry and chooses it. */
  async pick(label: string | RegExp): Promise<void> {
    const is = (item: vscode.QuickPickItem): boolean =>
      typeof label === "string" ? item.label.includes(label) : label.test(item.label);
    const list = defined(
      await until(
        () => this.#list,
        (open) => open?.enabled === true && open.items.some(is),
      ),
    );
    await this.#focus(list, is);
    await this.#enter(() => this.#list !== list || list.busy);
  }

  /** Chooses in a list of `showQuickPick`, which nobody but the workbench has hold of. */
  async choose(label: string): Promise<void> {
    await this.#focusOffered(label);
    await this.accept();
  }

  /** Waits for a list of `showQuickPick`, and returns what it offers. */
  async offered(): Promise<readonly vscode.QuickPickItem[]> {
    await until(
      async () => {
        // A list of which several can be taken has no focus of its own when it opens.
        if (this.#offered?.many) await vscode.commands.executeCommand(NEXT);
        return this.#focused;
      },
      (item) => item !== undefined,
    );
    return this.#offered?.items ?? [];
  }

  /** Ticks an entry of a list of which several can be taken, or takes its tick away. */
  async toggle(label: string): Promise<void> {
    await this.#focusOffered(label);
    await vscode.commands.executeCommand("workbench.action.quickPickManyToggle");
  }

  /** Takes what is chosen in a list of `showQuickPick`: once, because another may come right after. */
  async accept(): Promise<void> {
    await this.offered();
    const before = this.#offered;
    await vscode.commands.executeCommand("workbench.action.acceptSelectedQuickOpenItem");
    await until(
      () => this.#offered,
      (now) => now !== before,
    );
  }

  /** Closes a list of `showQuickPick` without an answer. */
  async dismissOffered(): Promise<void> {
    await vscode.commands.executeCommand("workbench.action.closeQuickOpen");
    await until(
      () => this.#offered,
      (open) => open === undefined,
    );
  }

  /** Presses a button beside the title of what is open. */
  async pressButton(tooltip: string | RegExp): Promise<void> {
    const find = (): vscode.QuickInputButton | undefined =>
      [...(this.#box?.buttons ?? []), ...(this.#list?.buttons ?? [])].find(({ tooltip: text }) =>
        typeof tooltip === "string" ? text === tooltip : tooltip.test(text ?? ""),
      );
    const button = defined(await until(find, (found) => found !== undefined));
    const open = this.#box ?? this.#list;
    if (open !== undefined) this.#pressed.get(open)?.(button);
  }

  /** Types into the list that is open, or comes next; resolves with its entries. */
  async search(text: string): Promise<readonly vscode.QuickPickItem[]> {
    const list = defined(
      await until(
        () => this.#list,
        (open) => open?.enabled === true,
      ),
    );
    if (list.value === text) return list.items;
    const answered = new Promise<void>((resolve) => {
      const subscription = list.onDidChangeValue(() => {
        subscription.dispose();
        resolve();
      });
    });
    list.value = text;
    await answered;
    return list.items;
  }

  /** Presses a button of an entry of the list that is open. */
  pressItemButton(label: string, tooltip: string): void {
    const list = defined(this.#list);
    const item = defined(list.items.find((each) => each.label.includes(label)));
    const button = defined(item.buttons?.find((each) => each.tooltip === tooltip));
    this.#pressedOfItem.get(list)?.({ item, button });
  }

  get title(): string {
    return this.#list?.title ?? "";
  }

  /** What Enter would choose. */
  get active(): vscode.QuickPickItem | undefined {
    return this.#list?.activeItems[0];
  }

  async dismiss(): Promise<void> {
    await vscode.commands.executeCommand("workbench.action.closeQuickOpen");
    await until(
      () => this.#box === undefined && this.#list === undefined,
      (closed) => closed,
    );
  }

  /** Waits for a message that matches and takes it off the list. */
  async message(text: RegExp): Promise<Message> {
    const find = () => this.messages.find((message) => text.test(message.text));
    const found = defined(
      await until(
        () => ({ found: find(), all: this.messages.map((message) => message.text) }),
        (seen) => seen.found !== undefined,
      ).then((seen) => seen.found),
    );
    this.messages.splice(this.messages.indexOf(found), 1);
    return found;
  }

  leave(): void {
    for (const restore of this.#restore) restore();
  }

  async #focusOffered(label: string): Promise<void> {
    await this.offered();
    const is = (item: vscode.QuickPickItem | undefined): boolean =>
      `${item?.label} ${item?.description}`.includes(label);
    while (!is(this.#focused)) {
      const before = this.#focused;
      await vscode.commands.executeCommand(NEXT);
      await until(
        () => this.#focused,
        (item) => item !== before,
      );
    }
  }

  /** With the arrow key, from entry to entry. */
  async #focus(
    list: vscode.QuickPick<vscode.QuickPickItem>,
    is: (item: vscode.QuickPickItem) => boolean,
  ): Promise<void> {
    const focused = () => list.activeItems[0];
    await until(focused, (item) => item !== undefined);
    for (let item = focused(); item !== undefined && !is(item); ) {
      const before = item;
      await vscode.commands.executeCommand(NEXT);
      item = await until(focused, (now) => now !== before);
    }
  }

  async #enter(done: () => boolean): Promise<void> {
    await until(
      async () => {
        await vscode.commands.executeCommand("workbench.action.acceptSelectedQuickOpenItem");
        return done();
      },
      (is) => is,
    );
  }

  #watchInputs(): void {
    this.#replace(vscode.window, "createInputBox", (real) => () => {
      const box = real();
      this.#remember(box, () => (this.#box = undefined));
      this.#onShow(box, () => {
        this.#box = box;
        this.inputs.push(JSON.stringify([box.title, box.prompt, box.placeholder]));
      });
      return box;
    });
    this.#replace(
      vscode.window,
      "showInputBox",
      (real) => (options: vscode.InputBoxOptions, token?: vscode.CancellationToken) => {
        this.inputs.push(JSON.stringify(options));
        return real(options, token);
      },
    );
    this.#replace(
      vscode.window,
      "showQuickPick",
      (real) =>
        async (items: readonly vscode.QuickPickItem[], options: vscode.QuickPickOptions) => {
          this.inputs.push(JSON.stringify([options, items]));
          this.#offered = { items, many: options.canPickMany === true };
          const onDidSelectItem = (item: vscode.QuickPickItem | string) => {
            if (typeof item === "object") this.#focused = item;
          };
          const picked = await real(items, { ...options, onDidSelectItem });
          this.#focused = undefined;
          this.#offered = undefined;
          return picked;
        },
    );
    this.#replace(vscode.window, "createQuickPick", (real) => () => {
      const list: vscode.QuickPick<vscode.QuickPickItem> = real();
      this.#remember(list, () => (this.#list = undefined));
      this.#watchItemButtons(list);
      this.#onShow(list, () => {
        this.#list = list;
        this.inputs.push(JSON.stringify([list.title, list.placeholder, list.items]));
      });
      return list;
    });
  }

  #remember(input: vscode.InputBox | vscode.QuickPick<vscode.QuickPickItem>, gone: () => void) {
    input.onDidHide(gone);
    const listeners: ((button: vscode.QuickInputButton) => unknown)[] = [];
    this.#pressed.set(input, (button) => {
      for (const listener of listeners) listener(button);
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
      for (const listener of listeners) listener(event);
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

  #watchMessages(): void {
    const watch = (
      name: "showInformationMessage" | "showWarningMessage" | "showErrorMessage",
      severity: Message["severity"],
    ): void => {
      this.#replace(vscode.window, name, () => (text: string, ...rest: readonly unknown[]) => {
        const buttons = rest.filter((part): part is string => typeof part === "string");
        return new Promise<string | undefined>((resolve) => {
          this.messages.push({ severity, text, buttons, press: resolve });
        });
      });
    };
    watch("showInformationMessage", "information");
    watch("showWarningMessage", "warning");
    watch("showErrorMessage", "error");
  }

  #replace<Owner extends object, Key extends keyof Owner>(
    owner: Owner,
    key: Key,
    make: (real: Owner[Key]) => unknown,
  ): void {
    const real = owner[key];
    Reflect.set(owner, key, make(real));
    this.#restore.push(() => Reflect.set(owner, key, real));
  }
}

function defined<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("It went away.");
  return value;
}
