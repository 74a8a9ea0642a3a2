import { notifyError } from "../../editor/notifications.ts";
import { isFileError } from "../../editor/textFiles.ts";
import type { AppContext } from "../app.ts";

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
