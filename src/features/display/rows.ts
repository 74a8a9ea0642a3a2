import * as vscode from "vscode";
import type { ExposedCapability } from "../../domain/catalogue/serverCatalogue.ts";

/** The checkbox of a tool or prompt. */
export function checkboxOf({
  enabled,
  label,
}: ExposedCapability): NonNullable<vscode.TreeItem["checkboxState"]> {
  return {
    state: enabled ? vscode.TreeItemCheckboxState.Checked : vscode.TreeItemCheckboxState.Unchecked,
    tooltip: enabled ? vscode.l10n.t("Enabled") : vscode.l10n.t("Disabled"),
    // Names the effect of the checkbox; a screen reader itself tells its state.
    accessibilityInformation: {
      label: vscode.l10n.t("Enable {0}", label),
      role: "checkbox",
    },
  };
}

/** What the menus know of the row of a tool or prompt. */
export function capabilityContext({ kind, enabled, overridden }: ExposedCapability): string {
  return [kind, enabled ? "enabled" : "disabled", ...(overridden ? ["overridden"] : [])].join(";");
}

/** Removes the checkbox. The context value hides the commands that write. */
export function readOnlyItem(item: vscode.TreeItem): vscode.TreeItem {
  if (item.contextValue !== undefined) {
    item.contextValue += ";readOnly";
  }
  const box = item.checkboxState;
  delete item.checkboxState;
  if (typeof box !== "object" || box.state === vscode.TreeItemCheckboxState.Checked) {
    return item;
  }
  const disabled = vscode.l10n.t("Disabled");
  item.description = item.description ? `${item.description} · ${disabled}` : disabled;
  return item;
}
