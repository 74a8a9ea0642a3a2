import * as vscode from "vscode";
import type { FixKind } from "../../model/checks/fix.ts";

/** What a kind of fix does to many; for one, the fix has a title of its own. */
export function fixKindInWords(kind: FixKind): string {
  switch (kind) {
    case "setAlias":
      return vscode.l10n.t("Set Aliases");
    case "removeAlias":
      return vscode.l10n.t("Remove Aliases");
    case "stripHidden":
      return vscode.l10n.t("Strip Hidden Characters");
    case "resetDescription":
      return vscode.l10n.t("Reset Descriptions");
    case "removeOverride":
      return vscode.l10n.t("Remove Overrides");
    case "gatewayOff":
      return vscode.l10n.t("Turn Off Gateway Routing");
    case "enableAll":
      return vscode.l10n.t("Enable All Tools and Prompts");
    case "disable":
      return vscode.l10n.t("Disable Tools and Prompts");
  }
}
