import * as vscode from "vscode";
import type { AppContext } from "./app.ts";

/** A resource that a person has confirmed to delete. */
interface Deletion {
  readonly id: string;
  readonly name: string;
  readonly operations: { delete(id: string): Promise<void> };
}

/** Deletes at Cloudflare. Tells of a failure, and offers to try again. */
export async function deleteConfirmed(app: AppContext, deletion: Deletion): Promise<void> {
  const { id, name, operations } = deletion;
  try {
    await operations.delete(id);
  } catch (error) {
    const what = vscode.l10n.t("{0} wasn't deleted.", name);
    void app.reporter.reportFailure(what, error, () => deleteConfirmed(app, deletion));
  }
}
