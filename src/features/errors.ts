import * as vscode from "vscode";
import { isApiError, isCancelled } from "../domain/apiError.ts";
import { type FailureRemedy, failureRemedy, reasonOf } from "../domain/diagnosis/apiErrors.ts";
import type { Log } from "../editor/log.ts";
import { notifyError } from "../editor/notifications.ts";
import { COMMANDS, SETTINGS } from "../manifest.ts";

/** An action that a message offers. */
export interface MessageAction {
  readonly label: string;
  run(): unknown;
}

/** Turns errors into messages with one useful action. */
export class Reporter {
  readonly #log: Log;
  readonly #ignoreRateLimits: () => Promise<void>;

  /** @param ignoreRateLimits sends the next request although Cloudflare asked to wait */
  constructor(log: Log, ignoreRateLimits: () => Promise<void>) {
    this.#log = log;
    this.#ignoreRateLimits = ignoreRateLimits;
  }

  /**
   * Shows an error, but not a cancellation.
   * @param what the attempt that failed, as a sentence: "The alias wasn't saved."
   * @param again repeats the attempt
   */
  async reportFailure(what: string, error: unknown, again: () => unknown): Promise<void> {
    const remedy = isApiError(error) ? failureRemedy(error) : "showLog";
    await this.reportFailureWith(what, error, this.#actionFor(remedy, again));
  }

  /** The same with an action that the caller chooses. */
  async reportFailureWith(
    what: string,
    error: unknown,
    { label, run }: MessageAction,
  ): Promise<void> {
    if (isCancelled(error)) {
      return;
    }
    const reason = reasonOf(error);
    this.#log.error(`${what} ${reason}`);
    // What the system or a program of ours said. An ApiError's cause may quote a request.
    if (error instanceof Error && error.cause instanceof Error && !isApiError(error.cause)) {
      this.#log.error(error.cause.message);
    }
    const chosen = await notifyError(`${what} ${reason}`, label);
    if (chosen !== undefined) {
      await run();
    }
  }

  /**
   * The action that repeats the attempt.
   * @param isHeldBack true while Cloudflare asked to wait until a known time
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

  /** Makes a handler that reports failures of background work. */
  failureHandler(what: string): (error: unknown) => void {
    return (error) => void this.reportFailureWith(what, error, showLog());
  }

  /** Reports a failure of a task that nobody waits for. */
  inBackground(what: string, task: PromiseLike<unknown>): void {
    task.then(undefined, (error: unknown) => this.reportFailureWith(what, error, showLog()));
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
