import type { Locator } from "playwright-core";
import { until } from "./eventually.ts";
import { runCommand } from "./quickInput.ts";
import { appears } from "./serversView.ts";
import type { CodeWindow } from "./window.ts";

/** A line of the Problems view. */
export interface Problem {
  readonly file: string;
  readonly severity: string;
  readonly message: string;
  readonly source: string;
  readonly code: string;
  readonly line: number;
}

const panel = (window: CodeWindow): Locator => window.page.locator(".markers-panel");

export async function openProblems(window: CodeWindow): Promise<void> {
  if (await panel(window).isVisible()) {
    return;
  }
  await runCommand(window, "Problems: Focus on Problems View");
  await panel(window).waitFor();
}

/** Filters the view by a text in message, source or code. */
export async function filterProblems(window: CodeWindow, text: string): Promise<void> {
  await window.page.locator(".part.panel .viewpane-filter input").fill(text);
}

/** The visible problems, in the view's order. */
export async function readProblems(window: CodeWindow): Promise<Problem[]> {
  return panel(window).locator(".monaco-list-row").evaluateAll(readElements);
}

/** Opens the document of a problem at its line, like a double click. */
export async function openProblem(window: CodeWindow, message: string | RegExp): Promise<void> {
  const row = panel(window).locator(".monaco-list-row[aria-level='2']");
  await row.filter({ hasText: message }).first().dblclick();
}

/**
 * Takes a fix from the lightbulb where the cursor is. Its menu closes where VS Code still moves the cursor to
 * the problem that was opened.
 */
export async function takeFix({ page }: CodeWindow, title: string): Promise<void> {
  const fix = page.locator(".action-widget .monaco-list-row").filter({ hasText: title }).first();
  await until(
    async () => {
      await page
        .locator(".part.editor .monaco-editor textarea, .native-edit-context")
        .first()
        .focus();
      await page.keyboard.press("Control+.");
      return appears(fix);
    },
    Boolean,
    `the fix ${title}`,
  );
  await fix.click();
}

/** Runs in the page. The problems of a file follow the row of the file. */
function readElements(elements: readonly Element[]): Problem[] {
  const index = (element: Element) => Number(element.getAttribute("data-index"));
  const text = (element: Element, selector: string) =>
    element.querySelector(selector)?.textContent ?? "";
  let file = "";
  const problems: Problem[] = [];
  for (const row of [...elements].sort((one, other) => index(one) - index(other))) {
    if (row.getAttribute("aria-level") === "1") {
      file = text(row, ".label-name");
      continue;
    }
    problems.push({
      file,
      severity: /^(\w+):/.exec(row.getAttribute("aria-label") ?? "")?.[1] ?? "",
      message: text(row, ".marker-message"),
      source: text(row, ".marker-source"),
      code: text(row, ".marker-code"),
      line: Number(/Ln (\d+)/.exec(text(row, ".marker-line"))?.[1]),
    });
  }
  return problems;
}
