import type { Locator } from "playwright-core";
import type { CodeWindow } from "./window.ts";

/** The content of the quick input, which is an input box or a quick pick. */
export interface QuickInput {
  readonly title: string;
  readonly value: string;
  /** The prompt, or the error about the text. */
  readonly message: string;
  /** The labels of a quick pick's entries. */
  readonly items: readonly string[];
}

const widget = (window: CodeWindow): Locator => window.page.locator(".quick-input-widget");
const field = (window: CodeWindow): Locator => widget(window).locator(".quick-input-box input");

/** Runs a command from the palette by its title, such as `MCP Portals: Sign Out`. */
export async function runCommand(window: CodeWindow, title: string): Promise<void> {
  await openPalette(window, `>${title}`);
  await choose(item(window, title).first());
}

/**
 * Opens the palette, with retries: a change of focus at that moment, such as to the view after a
 * sign-in, closes it.
 */
export async function openPalette(window: CodeWindow, text: string, tries = 3): Promise<void> {
  await window.page.keyboard.press("F1");
  try {
    await field(window).fill(text, { timeout: 10_000 });
  } catch (error) {
    if (tries === 1) {
      throw error;
    }
    await openPalette(window, text, tries - 1);
  }
}

/** Waits for an input and replaces its text. It stays open. */
export async function typeInput(window: CodeWindow, text: string): Promise<void> {
  await field(window).waitFor();
  await field(window).fill(text);
}

/** Waits for an input, replaces its text and confirms it. */
export async function answerInput(window: CodeWindow, text: string): Promise<void> {
  await typeInput(window, text);
  await field(window).press("Enter");
}

/** Types and presses Enter before the page does anything else, as on a machine that lags behind. */
export async function answerAtOnce(window: CodeWindow, text: string): Promise<void> {
  await field(window).evaluate((input: HTMLInputElement, value) => {
    input.value = value;
    input.dispatchEvent(new InputEvent("input", { bubbles: true }));
    const enter = { key: "Enter", code: "Enter", keyCode: 13, bubbles: true };
    input.dispatchEvent(new KeyboardEvent("keydown", enter));
  }, text);
}

/** Waits for a quick pick and chooses the entry with this label. */
export async function pickItem(window: CodeWindow, label: string): Promise<void> {
  await choose(item(window, label).first());
}

/** Waits until the entry is gone, because the next question appears in the same box. */
async function choose(entry: Locator): Promise<void> {
  await entry.click();
  await entry.waitFor({ state: "hidden" });
}

export async function readInput(window: CodeWindow): Promise<QuickInput> {
  await field(window).waitFor();
  return {
    title: await text(widget(window).locator(".quick-input-title")),
    value: await field(window).inputValue(),
    message: await text(widget(window).locator(".quick-input-message")),
    items: (await labels(window).allTextContents()).map((label) => label.trim()),
  };
}

/** Ticks or unticks the entry with this label. */
export async function tickItem(window: CodeWindow, label: string): Promise<void> {
  await item(window, label).first().click();
}

/** Presses a button of the entry with this label. */
export async function pressItemButton(
  window: CodeWindow,
  label: string,
  title: string,
): Promise<void> {
  const entry = item(window, label).first();
  await entry.hover();
  await entry.getByRole("button", { name: title }).click();
}

/** The visible entries as a person reads them: label, description and second line. */
export async function readEntries(window: CodeWindow): Promise<string[][]> {
  await field(window).waitFor();
  return widget(window).locator(".monaco-list-row").evaluateAll(readElements);
}

/** Runs in the page. */
function readElements(rows: readonly Element[]): string[][] {
  return rows.map((row) =>
    [".label-name", ".label-description", ".quick-input-list-label-meta"].map(
      (part) => row.querySelector(part)?.textContent?.trim() ?? "",
    ),
  );
}

export async function closeInput(window: CodeWindow): Promise<void> {
  await field(window).press("Escape");
  await widget(window).waitFor({ state: "hidden" });
}

/** Only the labels, because an entry's second line has the same parts. */
const labels = (window: CodeWindow): Locator =>
  widget(window).locator(".monaco-list-row .quick-input-list-row:first-child .label-name");

const item = (window: CodeWindow, label: string): Locator =>
  widget(window)
    .locator(".monaco-list-row")
    .filter({ has: window.page.locator(".label-name").getByText(label, { exact: true }) });

async function text(locator: Locator): Promise<string> {
  return (await locator.isVisible()) ? ((await locator.textContent()) ?? "").trim() : "";
}
