import * as vscode from "vscode";
import { type Message, watchMessages } from "./messages.ts";
import { OpenInputs } from "./openInputs.ts";
import { Replacements } from "./replacements.ts";
import { run } from "./run.ts";
import { until } from "./screen.ts";

/** An input box as a person sees it. */
interface Asked {
  readonly title: string;
  readonly prompt: string;
  readonly value: string;
  readonly complaint: string;
  /** Which step it is, of how many; empty for one that stands alone. */
  readonly at: readonly number[];
}

const NEXT = "workbench.action.quickOpenSelectNext";

/**
 * Answers the inputs, lists and messages that the extension opens. They are real and on screen. An
 * extension host can't press keys, so the driver sets the value of the open box, and runs the
 * workbench's command for Enter.
 */
export class QuickInputDriver {
  readonly messages: Message[] = [];
  /** The addresses that were opened in a browser. */
  readonly opened: string[] = [];
  readonly #replacements = new Replacements();
  readonly #open = new OpenInputs();

  /** Begins to watch inputs and lists, and to take messages and addresses. */
  arrive(): void {
    this.#open.watch(this.#replacements);
    watchMessages(this.#replacements, (message) => this.messages.push(message));
    this.#replacements.replace(vscode.env, "openExternal", () => async (uri: vscode.Uri) => {
      this.opened.push(uri.toString(true));
      return true;
    });
  }

  /** Everything that inputs and lists have shown, as text. */
  get inputs(): string[] {
    return this.#open.texts;
  }

  /** What is asked now, what stands there, and the complaint, if there is one. */
  get asked(): Asked | undefined {
    const box = this.#open.box;
    if (box === undefined) {
      return undefined;
    }
    const complaint = box.validationMessage ?? "";
    return {
      title: box.title ?? "",
      prompt: box.prompt ?? "",
      value: box.value,
      complaint: typeof complaint === "string" ? complaint : complaint.message,
      at: [box.step, box.totalSteps].filter((number) => number !== undefined),
    };
  }

  get listed(): readonly vscode.QuickPickItem[] | undefined {
    return this.#open.list?.items;
  }

  /** Waits for a box, puts the text into it and presses Enter. */
  async type(text: string): Promise<void> {
    const box = await until(
      () => this.#open.box,
      (open) => open?.enabled === true,
    ).then(defined);
    box.value = text;
    box.validationMessage = undefined;
    await this.#enter(() => this.#open.box !== box || box.busy || this.asked?.complaint !== "");
  }

  /** Waits for a box and takes what it suggests. */
  async enter(): Promise<void> {
    const box = defined(
      await until(
        () => this.#open.box,
        (open) => open?.enabled === true,
      ),
    );
    await this.type(box.value);
  }

  /** Waits for a box with this prompt, and this text where one is given. */
  async untilAsked(prompt: string, value?: string): Promise<void> {
    await until(
      () => this.asked,
      (asked) => asked?.prompt === prompt && (value === undefined || asked.value === value),
    );
  }

  /** Waits for the complaint about what was typed. */
  async complaint(): Promise<string> {
    const { complaint } = defined(
      await until(
        () => (this.#open.box?.busy ? undefined : this.asked),
        (asked) => asked !== undefined && asked.complaint !== "",
      ),
    );
    return complaint;
  }

  /** Waits until an input or a list has shown this, and forgets what was shown. */
  async untilShown(text: RegExp): Promise<void> {
    await until(
      () => this.inputs,
      (inputs) => inputs.some((input) => text.test(input)),
    );
    this.inputs.splice(0);
  }

  /** Waits for a list with this entry and chooses it. */
  async pick(label: string | RegExp): Promise<void> {
    const is = (item: vscode.QuickPickItem): boolean =>
      typeof label === "string" ? item.label.includes(label) : label.test(item.label);
    const list = defined(
      await until(
        () => this.#open.list,
        (open) => open?.enabled === true && open.items.some(is),
      ),
    );
    await this.#focus(list, is);
    await this.#enter(() => this.#open.list !== list || list.busy);
  }

  /** Chooses in a list of `showQuickPick`. */
  async choose(label: string): Promise<void> {
    await this.#focusOffered(label);
    await this.accept();
  }

  /** Waits for a list of `showQuickPick`, and returns what it offers. */
  async offered(): Promise<readonly vscode.QuickPickItem[]> {
    await until(
      async () => {
        // A list of which several can be taken has no focus of its own when it opens.
        if (this.#open.offered?.many) {
          await run(NEXT);
        }
        return this.#open.focused;
      },
      (item) => item !== undefined,
    );
    return this.#open.offered?.items ?? [];
  }

  /** Ticks an entry of a list of which several can be taken, or takes its tick away. */
  async toggle(label: string): Promise<void> {
    await this.#focusOffered(label);
    await run("workbench.action.quickPickManyToggle");
  }

  /** Takes what is chosen in a list of `showQuickPick`: once, because another may come right after. */
  async accept(): Promise<void> {
    await this.offered();
    const before = this.#open.offered;
    await run("workbench.action.acceptSelectedQuickOpenItem");
    await until(
      () => this.#open.offered,
      (now) => now !== before,
    );
  }

  /** Closes a list of `showQuickPick` without an answer. */
  async dismissOffered(): Promise<void> {
    await run("workbench.action.closeQuickOpen");
    await until(
      () => this.#open.offered,
      (open) => open === undefined,
    );
  }

  /** Presses a button beside the title of what is open. */
  async pressButton(tooltip: string | RegExp): Promise<void> {
    const is = (button: vscode.QuickInputButton): boolean => {
      const text = button === vscode.QuickInputButtons.Back ? "Back" : (button.tooltip ?? "");
      return typeof tooltip === "string" ? text === tooltip : tooltip.test(text);
    };
    const find = (): vscode.QuickInputButton | undefined =>
      [...(this.#open.box?.buttons ?? []), ...(this.#open.list?.buttons ?? [])].find(is);
    const button = defined(await until(find, (found) => found !== undefined));
    this.#open.press(button);
  }

  /** Types into the list that is open, or comes next; resolves with its entries. */
  async search(text: string): Promise<readonly vscode.QuickPickItem[]> {
    const list = defined(
      await until(
        () => this.#open.list,
        (open) => open?.enabled === true,
      ),
    );
    if (list.value === text) {
      return list.items;
    }
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

  /** Types into a list that ticks what it finds, and presses Enter once the entries are drawn. */
  async searchAndAccept(text: string): Promise<void> {
    await this.search(text);
    const list = defined(this.#open.list);
    await until(
      async () => {
        // A list of which several can be taken has no focus of its own when it opens.
        await run(NEXT);
        return list.activeItems[0];
      },
      (item) => item !== undefined && list.items.includes(item),
    );
    await this.#enter(() => this.#open.list !== list);
  }

  /** Presses a button of an entry of the list that is open. */
  pressItemButton(label: string, tooltip: string): void {
    const list = defined(this.#open.list);
    const item = defined(list.items.find((each) => each.label.includes(label)));
    const button = defined(item.buttons?.find((each) => each.tooltip === tooltip));
    this.#open.pressOfItem({ item, button });
  }

  get title(): string {
    return this.#open.list?.title ?? "";
  }

  /** What Enter would choose. */
  get active(): vscode.QuickPickItem | undefined {
    return this.#open.list?.activeItems[0];
  }

  async dismiss(): Promise<void> {
    await run("workbench.action.closeQuickOpen");
    await until(
      () => this.#open.box === undefined && this.#open.list === undefined,
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

  /** Has seen nothing yet: no message, no input, no address. */
  forget(): void {
    this.messages.length = 0;
    this.inputs.length = 0;
    this.opened.length = 0;
  }

  leave(): void {
    this.#replacements.end();
  }

  async #focusOffered(label: string): Promise<void> {
    await this.offered();
    const is = (item: vscode.QuickPickItem | undefined): boolean =>
      `${item?.label} ${item?.description}`.includes(label);
    while (!is(this.#open.focused)) {
      const before = this.#open.focused;
      await run(NEXT);
      await until(
        () => this.#open.focused,
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
    // VS Code hands over in the next turn what was set in this one. A key before that is undone by it.
    await new Promise((resolve) => setTimeout(resolve));
    for (let item = focused(); item !== undefined && !is(item); ) {
      const before = item;
      await run(NEXT);
      item = await until(focused, (now) => now !== before);
    }
  }

  async #enter(done: () => boolean): Promise<void> {
    await until(
      async () => {
        await run("workbench.action.acceptSelectedQuickOpenItem");
        return done();
      },
      (is) => is,
    );
  }
}

function defined<T>(value: T | undefined): T {
  if (value === undefined) {
    throw new Error("It went away.");
  }
  return value;
}
