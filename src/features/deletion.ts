import * as vscode from "vscode";
import { isOffline } from "../domain/apiError.ts";
import type { AppContext } from "./app.ts";

/** A resource that a person has confirmed to delete. */
export interface Deletion {
  readonly id: string;
  readonly name: string;
  readonly operations: { delete(id: string): Promise<void> };
}

/**
 * Deletes at Cloudflare, one after the other. Tells once of what failed, and offers to try that again.
 */
export async function deleteConfirmed(
  app: AppContext,
  deletions: readonly Deletion[],
): Promise<void> {
  const left: Deletion[] = [];
  let reason: unknown;
  for (const deletion of deletions) {
    // Without a connection each of them would be waited for in vain.
    if (isOffline(reason)) {
      left.push(deletion);
      continue;
    }
    try {
      await deletion.operations.delete(deletion.id);
    } catch (error) {
      reason = error;
      left.push(deletion);
    }
  }
  const [first, second] = left;
  if (first === undefined) {
    return;
  }
  const what =
    second === undefined
      ? vscode.l10n.t("{0} wasn't deleted.", first.name)
      : vscode.l10n.t("{0} of {1} weren't deleted.", left.length, deletions.length);
  void app.reporter.reportFailure(what, reason, () => deleteConfirmed(app, left));
}
