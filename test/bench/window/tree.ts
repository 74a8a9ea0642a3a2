import type { Locator, Page } from "playwright-core";

/** A tree in VS Code: ours or the Explorer. */
export class Tree {
  readonly #page: Page;
  readonly #tree: Locator;

  constructor(page: Page, selector: string) {
    this.#page = page;
    this.#tree = page.locator(selector);
  }

  row(label: string): Locator {
    return this.#tree.locator(".monaco-list-row", { hasText: label }).first();
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
    await this.#tree.locator(".monaco-list").first().press("Home");
    await this.row(label).waitFor();
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
export async function typeAlias(page: Page, tool: string): Promise<void> {
  await lineOf(page, tool).click();
  for (const key of ["End", "ArrowLeft", "ArrowLeft", "ArrowLeft"]) {
    await page.keyboard.press(key);
  }
  for (const letter of ', "alias": "renamed"') {
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
