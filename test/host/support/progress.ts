import * as vscode from "vscode";
import { Replacements } from "./replacements.ts";

interface Progress {
  /** Titles and messages of all notifications. */
  readonly said: readonly string[];
  /** For each notification: true where it has a Cancel button. */
  readonly cancellable: readonly boolean[];
}

/**
 * The progress notifications during a task.
 * @param cancelAt the message at which a person presses Cancel
 */
export async function progressDuring(
  task: () => Thenable<unknown>,
  cancelAt?: string,
): Promise<Progress> {
  const said: string[] = [];
  const cancellable: boolean[] = [];
  const replacements = new Replacements();
  replacements.replace(
    vscode.window,
    "withProgress",
    (real) => (options: vscode.ProgressOptions, work: Parameters<typeof real>[1]) => {
      said.push(options.title ?? "");
      cancellable.push(options.cancellable ?? false);
      const cancelling = new vscode.CancellationTokenSource();
      return real(options, (progress, token) => {
        token.onCancellationRequested(() => cancelling.cancel());
        const report = (value: Parameters<typeof progress.report>[0]): void => {
          said.push(value.message ?? "");
          progress.report(value);
          if (value.message === cancelAt) {
            cancelling.cancel();
          }
        };
        return work({ report }, cancelling.token);
      });
    },
  );
  try {
    await task();
  } finally {
    replacements.end();
  }
  return { said, cancellable };
}
