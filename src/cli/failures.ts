import * as l10n from "@vscode/l10n";
import { type ApiError, isApiError, isCancelled } from "../domain/apiError.ts";
import { inCloudflaresWords, reasonOf } from "../domain/diagnosis/apiErrors.ts";
import { denialOf } from "../domain/diagnosis/denials.ts";
import { systemReason } from "../engine/files/storageError.ts";
import type { ExitStatus } from "./command.ts";

/** A command that can't go on. Its message is a sentence for whoever started it. */
export class CommandError extends Error {
  override readonly name = "CommandError";
  readonly status: Exclude<ExitStatus, 0>;

  constructor(status: Exclude<ExitStatus, 0>, message: string, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
  }
}

interface Failure {
  readonly status: Exclude<ExitStatus, 0>;
  /** For the standard error. */
  readonly words: string;
}

/** What any error means to whoever started a command. */
export function failureOf(error: unknown): Failure {
  if (error instanceof CommandError) {
    return { status: error.status, words: error.message };
  }
  return {
    status: 2,
    words: isCancelled(error) ? l10n.t("Interrupted.") : reasonInWords(error),
  };
}

/** One sentence on why a call failed, with the remedies that a command line has. */
export function reasonInWords(error: unknown): string {
  const reason = systemReason(error);
  if (reason !== undefined && error instanceof Error && "path" in error) {
    return l10n.t(
      "{0} couldn't be read or written: {1}. The command ended there.",
      // A file is written beside its place first.
      String(error.path).replace(/\.[\da-f]{8}-[\da-f-]{27}$/u, ""),
      reason,
    );
  }
  const own = isApiError(error) ? ownWords(error) : undefined;
  if (!isApiError(error) || own === undefined) {
    return reasonOf(error);
  }
  const said = inCloudflaresWords(error.problems);
  return said === undefined ? own : `${own} ${said}`;
}

/** Undefined where the words for the editor hold here too. */
function ownWords(error: ApiError): string | undefined {
  if (error.reason === "refused") {
    return denialOf(error.problems) === undefined ? refusalInWords(error) : undefined;
  }
  switch (error.reason) {
    case "badCredential":
      return l10n.t(
        "Nothing was sent: the credential in the environment is empty or has characters that no credential has.",
      );
    case "unsafeRoot":
      return l10n.t(
        "Nothing was sent: {0} has to start with https, or with http on this machine.",
        "--api-base-url",
      );
    case "proxy":
      return l10n.t("The proxy of the environment didn't let the request through.");
    case "html":
    case "notJson":
    case "redirect":
      return error.kind === "rateLimit" || error.kind === "server"
        ? undefined
        : l10n.t(
            "What answered isn't Cloudflare's API. Check the network and {0}.",
            "--api-base-url",
          );
    case "dns":
    case "connectionRefused":
    case "connectionLost":
    case "timeout":
    case "tls":
    case "wrongShape":
    case "tooLarge":
      return undefined;
  }
}

function refusalInWords({ kind }: ApiError): string | undefined {
  return kind === "auth"
    ? l10n.t("Cloudflare doesn't accept the credential in the environment.")
    : undefined;
}
