import * as vscode from "vscode";
import { COMMANDS, type CommandId, type Target } from "../contributions.ts";
import type { Remedy } from "../model/doctor/diagnosis.ts";

/** What a person clicks to have a failing server mended. */
export interface RemedyAction {
  readonly title: string;
  readonly command: CommandId;
  readonly arguments: readonly unknown[];
}

export function remedyAction(remedy: Remedy, target: Target): RemedyAction {
  switch (remedy) {
    case "syncAgain":
      return action(vscode.l10n.t("Sync Again"), COMMANDS.syncServer, target);
    case "setCredentials":
      return action(
        vscode.l10n.t("Set Upstream Credentials…"),
        COMMANDS.setUpstreamCredentials,
        target,
      );
    case "openDashboard":
      return action(vscode.l10n.t("Open in Cloudflare Dashboard"), COMMANDS.openDashboard, target);
    case "showLog":
      return { title: vscode.l10n.t("Show Log"), command: COMMANDS.showLog, arguments: [] };
  }
}

function action(title: string, command: CommandId, target: Target): RemedyAction {
  return { title, command, arguments: [target] };
}
