import * as vscode from "vscode";
import { COMMANDS, type CommandId, type ServerAddress, type Target } from "../../contributions.ts";
import type { Finding } from "../../model/checks/finding.ts";
import { type RemedyAction, remedyAction } from "../serverRemedies.ts";

/** To set what was refused to something else; the log has what Cloudflare answered. */
export function refusedRemedies(
  { path, subject }: Finding,
  { accountId, serverId }: ServerAddress,
): readonly RemedyAction[] {
  const target: Target =
    subject === undefined
      ? { kind: "server", accountId, serverId }
      : { ...subject, accountId, serverId };
  const edit = subject === undefined ? serverEdit(path[0]) : capabilityEdit(path[2]);
  return [
    ...(edit === undefined ? [] : [{ ...edit, arguments: [target] }]),
    remedyAction("showLog", target),
  ];
}

type Edit = { readonly title: string; readonly command: CommandId } | undefined;

function serverEdit(property: string | undefined): Edit {
  return property === "name" || property === "description"
    ? { title: vscode.l10n.t("Edit Name and Description…"), command: COMMANDS.editServer }
    : undefined;
}

function capabilityEdit(property: string | undefined): Edit {
  switch (property) {
    case "alias":
      return { title: vscode.l10n.t("Edit Alias…"), command: COMMANDS.editAlias };
    case "description":
      return { title: vscode.l10n.t("Edit Description…"), command: COMMANDS.editDescription };
    default:
      return undefined;
  }
}
