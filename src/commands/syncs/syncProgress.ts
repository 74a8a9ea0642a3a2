import * as vscode from "vscode";
import { progressOf } from "../../store/state.ts";
import { sayProgress } from "../../ui/say.ts";
import type { App } from "../app.ts";

/** What is over sooner needs no notification: its row and the status bar show it. */
const NOTIFY_AFTER_MS = 2000;

/**
 * A cancellable notification with counts, for syncs that somebody waits for and that last. Settles
 * as the syncs do, when the notification has gone.
 */
export async function showWhileItLasts(
  app: App,
  done: Promise<unknown>,
  cancel: () => void,
): Promise<void> {
  let shown: Thenable<void> | undefined;
  const timer = setTimeout(() => {
    shown = notify(app, done, cancel);
  }, NOTIFY_AFTER_MS);
  await done.finally(() => clearTimeout(timer));
  await shown;
}

function notify(app: App, done: Promise<unknown>, cancel: () => void): Thenable<void> {
  const title = vscode.l10n.t("Syncing MCP servers");
  const task = async (
    say: (message: string, increment: number) => void,
    token: vscode.CancellationToken,
  ): Promise<void> => {
    token.onCancellationRequested(cancel);
    let reported = 0;
    const report = (): void => {
      const run = progressOf(app.store.state);
      if (run === undefined) return;
      const percent = (100 * run.done) / run.total;
      say(`${run.done}/${run.total}`, percent - reported);
      reported = percent;
    };
    report();
    const subscription = app.store.onDidChange(report);
    await done;
    subscription.dispose();
  };
  return sayProgress(title, task, true);
}
