import * as vscode from "vscode";
import { isApiError, isCancelled } from "../domain/apiError.ts";
import { type FailureRemedy, failureRemedy, reasonOf } from "../domain/diagnosis/apiErrors.ts";
import type { Log } from "../editor/log.ts";
import { notifyError } from "../editor/notifications.ts";
import { COMMANDS, SETTINGS } from "../manifest.ts";

/** What a person can do about a failure, beside reading it. */
export interface MessageAction {
  readonly label: string;
  run(): unknown;
}

/** The one place where an error becomes a message with one useful action. */
export class Reporter {
  readonly #log: Log;
  readonly #ignoreRateLimits: () => Promise<void>;

  /** @param ignoreRateLimits lets the next request go although Cloudflare asked to wait */
  constructor(log: Log, ignoreRateLimits: () => Promise<void>) {
    this.#log = log;
    this.#ignoreRateLimits = ignoreRateLimits;
  }

  /**
   * `what` says what the person was after: "The alias wasn't saved." `again` does that once more.
   * Cancellation is silent.
   */
  async failed(what: string, error: unknown, again: () => unknown): Promise<void> {
    const remedy = isApiError(error) ? failureRemedy(error) : "showLog";
    await this.failedWith(what, error, this.#actionFor(remedy, again));
  }

  /** The same where the caller knows better what helps. */
  async failedWith(what: string, error: unknown, { label, run }: MessageAction): Promise<void> {
    if (isCancelled(error)) {
      return;
    }
    const reason = reasonOf(error);
    this.#log.error(`${what} ${reason}`);
    const chosen = await notifyError(`${what} ${reason}`, label);
    if (chosen !== undefined) {
      await run();
    }
  }

  /**
   * Does what failed once more.
   * @param isHeldBack whether it waits for a time that Cloudflare named
   */
  retryAction(isHeldBack: boolean, again: () => unknown): MessageAction {
    return isHeldBack
      ? { label: vscode.l10n.t("Try Now"), run: () => this.#ignoreRateLimits().then(again) }
      : { label: vscode.l10n.t("Try Again"), run: again };
  }

  #actionFor(remedy: FailureRemedy, again: () => unknown): MessageAction {
    switch (remedy) {
      case "tryAgain":
      case "tryNow":
        return this.retryAction(remedy === "tryNow", again);
      case "refresh":
        return command(vscode.l10n.t("Refresh"), COMMANDS.refresh);
      case "signIn":
        return command(vscode.l10n.t("Sign In…"), COMMANDS.signIn);
      case "setApiRoot":
        return setting(SETTINGS.apiBaseUrl);
      case "setProxy":
        return setting("http.proxy");
      case "showLog":
        return showLog();
    }
  }

  /** What tells a failure of work that goes on without anybody waiting for it. */
  told(what: string): (error: unknown) => void {
    return (error) => void this.failedWith(what, error, showLog());
  }

  /** For what nobody waits for: a failure is told all the same. */
  inBackground(what: string, task: PromiseLike<unknown>): void {
    task.then(undefined, (error: unknown) => this.failedWith(what, error, showLog()));
  }
}

function showLog(): MessageAction {
  return command(vscode.l10n.t("Show Log"), COMMANDS.showLog);
}

function setting(key: string): MessageAction {
  return command(vscode.l10n.t("Open Setting"), "workbench.action.openSettings", key);
}

function command(label: string, id: string, ...args: readonly string[]): MessageAction {
  return { label, run: () => vscode.commands.executeCommand(id, ...args) };
}
