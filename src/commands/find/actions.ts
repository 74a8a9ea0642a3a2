import * as vscode from "vscode";
import type { CapabilityTarget, CommandArguments } from "../../contributions.ts";
import type { ExposedCapability } from "../../model/server/catalogue.ts";
import type { App } from "../app.ts";
import { askAlias } from "../capabilities/alias.ts";
import { copyExposedName, openAtCapability } from "../capabilities/capabilities.ts";
import { type CapabilityChange, saveChanges } from "../saving/saveChanges.ts";

/** A button of an entry. */
export type Action = vscode.QuickInputButton &
  (
    | { readonly kind: "does"; run(app: App, target: CapabilityTarget): Promise<void> }
    /** Asks in the list's place; what was answered is saved when the list is back. */
    | {
        readonly kind: "asks";
        ask(app: App, target: CapabilityTarget): Promise<CapabilityChange | undefined>;
      }
  );

/** What can be done with a tool or prompt from the list. */
export function actionsOf({ enabled }: ExposedCapability, readOnly: boolean): readonly Action[] {
  return [
    ...(readOnly ? [] : [editAliasAction(), enabledAction(!enabled)]),
    openAction(),
    copyAction(),
  ];
}

function editAliasAction(): Action {
  return {
    kind: "asks",
    iconPath: new vscode.ThemeIcon("edit"),
    tooltip: vscode.l10n.t("Edit Alias…"),
    ask: (app, target) => askAlias(app, target),
  };
}

function enabledAction(enabled: boolean): Action {
  return {
    kind: "does",
    iconPath: new vscode.ThemeIcon(enabled ? "check" : "circle-slash"),
    tooltip: enabled ? vscode.l10n.t("Enable") : vscode.l10n.t("Disable"),
    run: (app, target) => saveChanges(app, [{ target, change: { enabled } }]),
  };
}

function openAction(): Action {
  return {
    kind: "does",
    iconPath: new vscode.ThemeIcon("go-to-file"),
    tooltip: vscode.l10n.t("Open in the Server's Document"),
    run: (app, target) => openAtCapability(app, from(target)),
  };
}

function copyAction(): Action {
  return {
    kind: "does",
    iconPath: new vscode.ThemeIcon("copy"),
    tooltip: vscode.l10n.t("Copy Exposed Name"),
    run: (app, target) => copyExposedName(app, from(target)),
  };
}

function from(target: CapabilityTarget): CommandArguments {
  return { rows: [target], text: undefined };
}
