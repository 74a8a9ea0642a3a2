import * as vscode from "vscode";
import { escapeLabel, escapeMarkdown } from "./escape.ts";

/**
 * Shows a message. All messages go through here and are escaped, because most quote names and
 * errors of strangers. VS Code would turn links in them into buttons that run any command.
 */
export function notifyInformation(text: string, ...buttons: readonly string[]): Answer {
  return vscode.window.showInformationMessage(escapeLabel(text), ...buttons);
}

export function notifyWarning(text: string, ...buttons: readonly string[]): Answer {
  return vscode.window.showWarningMessage(escapeLabel(text), ...buttons);
}

export function notifyError(text: string, ...buttons: readonly string[]): Answer {
  return vscode.window.showErrorMessage(escapeLabel(text), ...buttons);
}

/** A modal dialog, for an action that can't be undone, or one whose caller waits for the answer. */
export function confirm(text: string, detail: string, ...buttons: readonly string[]): Answer {
  return vscode.window.showWarningMessage(escapeLabel(text), { modal: true, detail }, ...buttons);
}

/** Shows a text next to the status bar's items for a moment, where a message would be too much. */
export function flashStatus(text: string): void {
  vscode.window.setStatusBarMessage(escapeLabel(text), PASSING_MS);
}

/** Shows a notification while the task runs. */
export function showProgress<T>(
  title: string,
  task: (
    report: (message: string, increment: number) => void,
    token: vscode.CancellationToken,
  ) => Promise<T>,
  cancellable = false,
): Thenable<T> {
  const location = vscode.ProgressLocation.Notification;
  return vscode.window.withProgress(
    { location, title: escapeLabel(title), cancellable },
    (progress, token) =>
      task(
        (message, increment) => progress.report({ message: escapeLabel(message), increment }),
        token,
      ),
  );
}

export interface TextQuestion {
  readonly title: string;
  readonly prompt: string;
  readonly value: string;
  readonly placeHolder: string;
  validateInput(text: string): string | undefined;
}

export function askText(question: TextQuestion): Answer {
  return vscode.window.showInputBox({
    ...question,
    // Keeps the input open, so that the text isn't lost when the focus moves.
    ignoreFocusOut: true,
    prompt: escapeLabel(question.prompt),
    validateInput: (typed) => {
      const problem = question.validateInput(typed);
      return problem && escapeLabel(problem);
    },
  });
}

const PASSING_MS = 5000;

type Answer = Thenable<string | undefined>;

/** Adds a foreign text as plain text. */
export function appendPlainText(
  markdown: vscode.MarkdownString,
  text: string,
): vscode.MarkdownString {
  return markdown.appendMarkdown(escapeMarkdown(text));
}
