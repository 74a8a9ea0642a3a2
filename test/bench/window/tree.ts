import type { Locator, Page } from "playwright-core";
import { until } from "../../workbench/support/eventually.ts";
import { openPalette } from "../../workbench/support/quickInput.ts";
import type { CodeWindow } from "../../workbench/support/window.ts";

/** A tree in VS Code: ours or the Explorer. */
export class Tree {
  readonly #page: Page;
  readonly #tree: Locator;

  constructor(page: Page, tree: Locator) {
    this.#page = page;
    this.#tree = tree;
  }

  /** By its whole label: descriptions and longer labels may have the same words in them. */
  row(label: string): Locator {
    const whole = new RegExp(`^${label.replace(/\W/g, "\\$&")}$`);
    const name = this.#page.locator(".label-name", { hasText: whole });
    return this.#tree.locator(".monaco-list-row").filter({ has: name }).first();
  }

  /** A row with these words next to its label. */
  rowSaying(words: string): Locator {
    return this.#tree.locator(".monaco-list-row", { hasText: words }).first();
  }

  async toggle(label: string): Promise<void> {
    await this.row(label).locator(".monaco-tl-twistie").click();
  }

  /** Expands a row. Resolves when its first child is shown. */
  async expand(label: string, child: string): Promise<void> {
    await this.toggle(label);
    await this.row(child).waitFor();
  }

  async collapse(label: string, child: string): Promise<void> {
    await this.toggle(label);
    await this.row(child).waitFor({ state: "detached" });
  }

  async ensureExpanded(label: string, child: string): Promise<void> {
    if (!(await this.#isExpanded(label))) {
      await this.expand(label, child);
    }
  }

  async ensureCollapsed(label: string, child: string): Promise<void> {
    if (await this.#isExpanded(label)) {
      await this.collapse(label, child);
    }
  }

  async #isExpanded(label: string): Promise<boolean> {
    await this.toTop(label);
    return (await this.row(label).getAttribute("aria-expanded")) === "true";
  }

  /** Selects a row and some after it. */
  async select(first: string, more: number): Promise<void> {
    await this.toTop(first);
    await this.row(first).click();
    // A click expands a row, whose children would then be selected in place of other rows.
    if ((await this.row(first).getAttribute("aria-expanded")) === "true") {
      await this.#page.keyboard.press("ArrowLeft");
    }
    for (let row = 0; row < more; row += 1) {
      await this.#page.keyboard.press("Shift+ArrowDown");
    }
  }

  /** Presses Space on rows, one key after another, as fast as possible. */
  async tap(first: string, rows: number): Promise<void> {
    await this.row(first).click();
    for (let row = 0; row < rows; row += 1) {
      await this.#page.keyboard.press("Space");
      await this.#page.keyboard.press("ArrowDown");
      await frame(this.#page);
    }
  }

  /** Picks an entry of the menu of the selected rows. */
  async chooseFromMenu(title: string): Promise<void> {
    await this.#page.keyboard.press("Shift+F10");
    // An entry with a key has it in its name.
    const name = new RegExp(`^${title}(?: (?:Ctrl|Shift|Alt)\\+\\S+)?$`, "u");
    const entry = this.#page.getByRole("menuitem", { name });
    await entry.waitFor();
    await until(
      async () => {
        await entry.click({ timeout: 1000 }).catch(() => undefined);
        return entry.isVisible();
      },
      (visible) => !visible,
      `"${title}" chosen`,
    );
  }

  /** Turns the wheel over the tree, with a frame between two turns. */
  async scroll(turns: number): Promise<void> {
    await this.#tree.hover();
    for (let turn = 0; turn < turns; turn += 1) {
      await this.#page.mouse.wheel(0, 1500);
      await frame(this.#page);
    }
  }

  /** Uses VS Code's own find in a tree. Resolves when the row is shown. */
  async find(query: string): Promise<void> {
    await this.#tree.locator(".monaco-list").first().press("Control+Alt+f");
    await this.#tree.locator(".monaco-tree-type-filter input:focus").waitFor();
    for (const letter of query) {
      await this.#page.keyboard.type(letter);
      await frame(this.#page);
    }
    // Find only marks the row; Enter goes to it.
    await this.#page.keyboard.press("Enter");
    await this.row(query).waitFor();
  }

  async endFind(): Promise<void> {
    await this.#page.keyboard.press("Escape");
    await this.#page.keyboard.press("Escape");
  }

  async toTop(label: string): Promise<void> {
    // A find that has just ended takes the first key.
    await until(
      async () => {
        await this.#tree.locator(".monaco-list").first().press("Home");
        return this.row(label).isVisible();
      },
      (visible) => visible,
      `"${label}" at the top`,
    );
  }
}

/** Resolves when the page has drawn a frame. */
export function frame(page: Page): Promise<void> {
  return page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        requestAnimationFrame(() => requestAnimationFrame(() => resolve()));
      }),
  );
}

/** The line of the active editor with a text. */
export function lineOf(page: Page, text: string): Locator {
  return page.locator(".part.editor .view-line", { hasText: text }).first();
}

/** An entry of a quick pick. */
export function entry(page: Page, text: string): Locator {
  return page.locator(".quick-input-list .monaco-list-row", { hasText: text }).first();
}

/** Types into the line of a tool, at the place of an alias. */
export async function typeAlias(page: Page, tool: string, alias = "renamed"): Promise<void> {
  await lineOf(page, tool).click();
  for (const key of ["End", "ArrowLeft", "ArrowLeft", "ArrowLeft"]) {
    await page.keyboard.press(key);
  }
  for (const letter of `, "alias": "${alias}"`) {
    await page.keyboard.type(letter);
    await frame(page);
  }
}

/** Types a query into a quick pick. Resolves when the entry is shown. */
export async function lookFor(page: Page, query: string, found: string): Promise<void> {
  for (const letter of query) {
    await page.keyboard.type(letter);
    await frame(page);
  }
  await entry(page, found).waitFor();
}

/** Types a command's title into the palette, where Enter would run it. */
export async function offerCommand(window: CodeWindow, title: string): Promise<void> {
  await openPalette(window, `>${title}`);
  await entry(window.page, title).waitFor();
}
