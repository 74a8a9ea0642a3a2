import * as vscode from "vscode";
import { inert } from "../model/inert.ts";

/**
 * The way to every message, because most of them quote names and errors of strangers: VS Code would
 * turn links in them into buttons that run any command.
 */
export function sayInformation(text: string, ...buttons: readonly string[]): Answer {
  return vscode.window.showInformationMessage(inert(text), ...buttons);
}

export function sayWarning(text: string, ...buttons: readonly string[]): Answer {
  return vscode.window.showWarningMessage(inert(text), ...buttons);
}

export function sayError(text: string, ...buttons: readonly string[]): Answer {
  return vscode.window.showErrorMessage(inert(text), ...buttons);
}

/** Beside the status bar's items, for a moment, where a message would be too much. */
export function sayInPassing(text: string): void {
  vscode.window.setStatusBarMessage(inert(text), PASSING_MS);
}

const PASSING_MS = 5000;

type Answer = Thenable<string | undefined>;
