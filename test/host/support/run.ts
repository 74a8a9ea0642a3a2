import * as vscode from "vscode";

/** Runs a command, ours or VS Code's own, as a key or a menu does. */
export function run<T = unknown>(command: string, ...args: readonly unknown[]): Thenable<T> {
  return vscode.commands.executeCommand<T>(command, ...args);
}
