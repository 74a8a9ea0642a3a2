import * as vscode from "vscode";
import type { Conflict } from "../../model/edits/threeWay.ts";
import type { Aftermath } from "../../store/watch/watch.ts";
import { arrivedInWords, overrunInWords } from "../../ui/editReport.ts";
import { sayInformation, sayWarning } from "../../ui/say.ts";
import type { App } from "../app.ts";
import { serverName } from "../targets.ts";
import { saveAgain } from "./saveEdits.ts";

/** Tells what has become of a write since its result was told. */
export async function tellAftermath(app: App, aftermath: Aftermath): Promise<void> {
  const { accountId, serverId } = aftermath;
  const name = serverName(app, accountId, serverId);
  switch (aftermath.kind) {
    case "arrived": {
      const message = arrivedInWords(name, aftermath.changes);
      app.log.info(message);
      void sayInformation(message);
      return;
    }
    case "overrun": {
      const { fields } = aftermath;
      const message = overrunInWords(name, fields);
      app.log.info(message);
      const again = vscode.l10n.t("Apply Again");
      const chosen = await sayWarning(message, again);
      if (chosen === again) await applyAgain(app, accountId, serverId, fields);
    }
  }
}

async function applyAgain(
  app: App,
  accountId: string,
  serverId: string,
  fields: readonly Conflict[],
): Promise<void> {
  const changes = fields.map(({ change, theirs }) => ({ ...change, from: theirs }));
  await saveAgain(app, [{ accountId, serverId, changes }]);
}
