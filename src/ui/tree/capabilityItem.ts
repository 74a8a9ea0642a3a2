import * as vscode from "vscode";
import { type CapabilityTarget, COMMANDS } from "../../contributions.ts";
import { listed } from "../../model/sentence.ts";
import type { ExposedCapability } from "../../model/server/catalogue.ts";
import { capabilityIcon } from "../icons.ts";
import { bareItem } from "./bareItem.ts";

/** How a tool or prompt looks. */
export function capabilityItem(node: CapabilityTarget, shown: ExposedCapability): vscode.TreeItem {
  const item = bareItem(node, shown.label);
  if (shown.alias !== undefined) item.description = shown.name;
  item.iconPath = capabilityIcon(shown.kind);
  item.contextValue = [
    shown.kind,
    shown.enabled ? "enabled" : "disabled",
    ...(shown.overridden ? ["overridden"] : []),
  ].join(";");
  const words = capabilityInWords(shown);
  item.checkboxState = {
    state: shown.enabled
      ? vscode.TreeItemCheckboxState.Checked
      : vscode.TreeItemCheckboxState.Unchecked,
    tooltip: shown.enabled ? vscode.l10n.t("Enabled") : vscode.l10n.t("Disabled"),
    // What a tick means: that there is one, a screen reader says by itself.
    accessibilityInformation: {
      label: vscode.l10n.t("Enable {0}", shown.label),
      role: "checkbox",
    },
  };
  item.accessibilityInformation = { label: words };
  item.command = {
    command: COMMANDS.openAtCapability,
    title: vscode.l10n.t("Open Server Document"),
    arguments: [node],
  };
  return item;
}

function capabilityInWords(shown: ExposedCapability): string {
  const kind = shown.kind === "tool" ? vscode.l10n.t("tool") : vscode.l10n.t("prompt");
  const enabled = shown.enabled ? vscode.l10n.t("enabled") : vscode.l10n.t("disabled");
  const alias = shown.alias === undefined ? [] : [vscode.l10n.t("alias of {0}", shown.name)];
  const description =
    shown.override?.description === undefined ? [] : [vscode.l10n.t("description overridden")];
  return listed([shown.label, kind, enabled, ...alias, ...description]);
}
