import * as vscode from "vscode";
import { isOffline } from "../../domain/apiError.ts";
import type { Ref } from "../../domain/changes/change.ts";
import { notifyInformation } from "../../editor/notifications.ts";
import type { AppContext } from "../app.ts";
import { type Counted, countedProgress } from "./countedProgress.ts";
import { countedInWords } from "./saveOutcome.ts";

/** A resource that a person has confirmed to delete. */
export interface Deletion {
  readonly ref: Ref;
  readonly name: string;
  readonly operations: { delete(id: string): Promise<void> };
}

/**
 * Deletes at Cloudflare, one after the other, until somebody cancels. Tells once of what failed, and
 * offers to try that again.
 */
export async function deleteConfirmed(
  app: AppContext,
  deletions: readonly Deletion[],
): Promise<void> {
  const { deleted, failed, reason } = await countedProgress(
    vscode.l10n.t("Deleting"),
    deletions,
    (counted) => deleteEach(deletions, counted),
    true,
  );
  if (deleted + failed.length < deletions.length) {
    void notifyInformation(
      vscode.l10n.t(
        "Deleted {0}. The rest is still at Cloudflare.",
        countedInWords(deleted, deletions),
      ),
    );
  }
  const [first, second] = failed;
  if (first === undefined) {
    return;
  }
  const what =
    second === undefined
      ? vscode.l10n.t("{0} wasn't deleted.", first.name)
      : vscode.l10n.t("{0} of {1} weren't deleted.", failed.length, deletions.length);
  void app.reporter.reportFailure(what, reason, () => deleteConfirmed(app, failed));
}

interface Deleted {
  readonly deleted: number;
  readonly failed: readonly Deletion[];
  /** Why the last one failed. */
  readonly reason: unknown;
}

async function deleteEach(
  deletions: readonly Deletion[],
  { ended, token }: Counted,
): Promise<Deleted> {
  let deleted = 0;
  const failed: Deletion[] = [];
  let reason: unknown;
  for (const deletion of deletions) {
    if (token?.isCancellationRequested) {
      break;
    }
    // Without a connection each of them would be waited for in vain.
    if (isOffline(reason)) {
      failed.push(deletion);
      continue;
    }
    try {
      await deletion.operations.delete(deletion.ref.id);
      deleted += 1;
    } catch (error) {
      reason = error;
      failed.push(deletion);
    }
    ended();
  }
  return { deleted, failed, reason };
}
