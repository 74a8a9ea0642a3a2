import * as vscode from "vscode";
import { COMMANDS } from "../contributions.ts";
import { type ApiError, isApiError, isCancelled } from "../model/failure.ts";
import { describeFailure } from "../model/failureText.ts";
import type { Log } from "./log.ts";

/** What a person can do about a failure, beside reading it. */
export interface Remedy {
  readonly label: string;
  run(): unknown;
}

/** The one place where an error becomes a message with one useful action. */
export class Reporter {
  readonly #log: Log;

  constructor(log: Log) {
    this.#log = log;
  }

  /** `what` says what the person was after: "The alias wasn't saved." Cancellation is silent. */
  async failed(what: string, error: unknown, remedy?: Remedy): Promise<void> {
    if (isCancelled(error)) return;
    const reason = reasonOf(error);
    this.#log.error(`${what} ${reason}`);
    const action = remedy ?? remedyOf(error);
    const chosen = await vscode.window.showErrorMessage(`${what} ${reason}`, action.label);
    if (chosen !== undefined) await action.run();
  }
}

/** One sentence, for wherever an error is shown. */
export function reasonOf(error: unknown): string {
  if (isApiError(error)) return describeFailure(error);
  return error instanceof Error ? error.message : String(error);
}

function remedyOf(error: unknown): Remedy {
  const [label, command] =
    isApiError(error) && needsSignIn(error)
      ? [vscode.l10n.t("Sign In…"), COMMANDS.signIn]
      : [vscode.l10n.t("Show Log"), COMMANDS.showLog];
  return { label, run: () => vscode.commands.executeCommand(command) };
}

function needsSignIn({ kind }: ApiError): boolean {
  return kind === "auth";
}
