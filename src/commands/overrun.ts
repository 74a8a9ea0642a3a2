import * as vscode from "vscode";
import type { Overrun } from "../store/watch.ts";
import { overrunInWords } from "../ui/editReport.ts";
import type { App } from "./app.ts";
import { saveAgain } from "./saveEdits.ts";
import { serverName } from "./targets.ts";

/** Tells, once a field, what somebody elsewhere ran over. */
export async function tellOverrun(
  app: App,
  { accountId, serverId, fields }: Overrun,
): Promise<void> {
  const message = overrunInWords(serverName(app, accountId, serverId), fields);
  app.log.info(message);
  const again = vscode.l10n.t("Apply Again");
  const chosen = await vscode.window.showWarningMessage(message, again);
  if (chosen !== again) return;
  const changes = fields.map(({ change, theirs }) => ({ ...change, from: theirs }));
  await saveAgain(app, [{ accountId, serverId, changes }]);
}
