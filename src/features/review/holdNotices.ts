import * as vscode from "vscode";
import type { SaveOutcome } from "../../domain/changes/writeResult.ts";
import { notifyInformation, notifyWarning } from "../../editor/notifications.ts";
import type { HoldOutcome } from "../../engine/review/hold.ts";
import { COMMANDS } from "../../manifest.ts";
import type { ServerTarget } from "../../target.ts";
import type { AppContext } from "../app.ts";
import { notifyUnsaved, recoverBySaving } from "../edits/index.ts";
import { serverName } from "../targets/index.ts";

/** Tells once what hold did, and what it couldn't do. */
export function tellHold(app: AppContext, outcomes: readonly HoldOutcome[]): void {
  void tellTurnedOff(app, outcomes);
  for (const outcome of outcomes) {
    tellFailure(app, outcome);
  }
  const saved = outcomes.flatMap((outcome): readonly SaveOutcome[] =>
    outcome.saved === undefined ? [] : [outcome.saved],
  );
  notifyUnsaved(app, saved, recoverBySaving(app, "edit"));
}

async function tellTurnedOff(app: AppContext, outcomes: readonly HoldOutcome[]): Promise<void> {
  const held = outcomes.filter(({ turnedOff }) => turnedOff.length > 0);
  const [first] = held;
  if (first === undefined) {
    return;
  }
  const message = turnedOffInWords(app, held, first);
  app.log.info(message);
  const review = vscode.l10n.t("Review Changes");
  const chosen = await notifyInformation(message, review);
  if (chosen === review) {
    const rows = held.map(({ address }): ServerTarget => ({ kind: "server", ...address }));
    await vscode.commands.executeCommand(COMMANDS.reviewChanges, rows[0], rows);
  }
}

function turnedOffInWords(
  app: AppContext,
  held: readonly HoldOutcome[],
  first: HoldOutcome,
): string {
  const count = held.flatMap(({ turnedOff }) => turnedOff).length;
  if (held.length > 1) {
    return vscode.l10n.t(
      "{0} tools and prompts of {1} servers are new or changed, and off until you accept them.",
      count,
      held.length,
    );
  }
  const name = serverName(app, first.address.accountId, first.address.serverId);
  const [only] = first.turnedOff;
  return count === 1 && only !== undefined
    ? vscode.l10n.t("{0} of {1} is new or changed, and off until you accept it.", only.name, name)
    : vscode.l10n.t(
        "{0} tools and prompts of {1} are new or changed, and off until you accept them.",
        count,
        name,
      );
}

function tellFailure(app: AppContext, { address, failure }: HoldOutcome): void {
  const name = serverName(app, address.accountId, address.serverId);
  if (failure === "readOnly") {
    void notifyWarning(
      vscode.l10n.t(
        "What is new or changed on {0} can't be turned off, since your credential may only read.",
        name,
      ),
    );
  } else if (failure !== undefined) {
    app.reporter.failureHandler(
      vscode.l10n.t("What is new or changed on {0} wasn't turned off or on.", name),
    )(failure.error);
  }
}
