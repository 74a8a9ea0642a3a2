import { notifyError } from "../../editor/notifications.ts";
import type { AppContext } from "../app.ts";

/** Files that can't be used. Its message is a sentence with the file and the line. */
export class FileError extends Error {
  override readonly name = "FileError";
}

/** Compares the name, because a bundle may have its own copy of the class. */
export function isFileError(error: unknown): error is FileError {
  return error instanceof Error && error.name === "FileError";
}

/** Tells why files can't be used, which no second try changes, or any other failure. */
export async function reportFileError(
  app: AppContext,
  what: string,
  error: unknown,
  again: () => unknown,
): Promise<void> {
  if (isFileError(error)) {
    app.log.error(error.message);
    await notifyError(`${what} ${error.message}`);
    return;
  }
  await app.reporter.reportFailure(what, error, again);
}
