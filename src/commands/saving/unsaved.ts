import * as vscode from "vscode";
import { isCancelled } from "../../model/client/failure.ts";
import { isSaved } from "../../model/edits/editResult.ts";
import { unsavedInWords } from "../../ui/editReport.ts";
import { sayError, sayWarning } from "../../ui/say.ts";
import type { App } from "../app.ts";
import { serverName } from "../targets.ts";
import type { SaveOutcome } from "./saveJobs.ts";
import { type Again, isFailed, waysOut } from "./waysOut.ts";

/** Nothing is said when all was saved. Nothing is waited for: who called is done. */
export function tellUnsaved(app: App, outcomes: readonly SaveOutcome[], again: Again): void {
  const open = outcomes.filter(
    ({ result }) => !isSaved(result) && !isCancelled(result.failure?.error),
  );
  if (open.length === 0) return;
  const sentences = open.flatMap(({ accountId, serverId, result }) =>
    unsavedInWords(serverName(app, accountId, serverId), result, again.as),
  );
  for (const sentence of sentences) app.log.error(sentence);
  void offer(app, summary(sentences, open.length, outcomes.length), open, again);
}

function summary(sentences: readonly string[], open: number, all: number): string {
  return open === 1
    ? sentences.join(" ")
    : vscode.l10n.t(
        "{0} of {1} servers weren't saved in full. {2}",
        open,
        all,
        sentences.slice(0, 3).join(" "),
      );
}

/** One message, with what helps against what kept it from being saved. */
async function offer(
  app: App,
  message: string,
  open: readonly SaveOutcome[],
  again: Again,
): Promise<void> {
  const ways = waysOut(app, open, again, (left) => void offer(app, message, left, again));
  const say = open.some(isFailed) ? sayError : sayWarning;
  const chosen = await say(message, ...ways.map(({ label }) => label));
  await ways.find(({ label }) => label === chosen)?.run();
}
