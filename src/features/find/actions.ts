import * as vscode from "vscode";
import type { CommandArguments, LayeredTarget } from "../../target.ts";
import type { AppContext } from "../app.ts";
import { askAlias, copyExposedName, openAtCapability } from "../capabilities/index.ts";
import { type CapabilityEdit, saveCapabilities } from "../edits/index.ts";
import { choosePortal, type InPortal } from "./inPortals.ts";

/** A button of an entry. */
export type Action = vscode.QuickInputButton &
  (
    | { readonly kind: "does"; run(app: AppContext, target: LayeredTarget): Promise<void> }
    /** Ends the list with another row, which may be asked for in place of the list. */
    | {
        readonly kind: "shows";
        choose(app: AppContext, target: LayeredTarget): Promise<LayeredTarget | undefined>;
      }
    /** Shows an input in place of the list. The answer is saved once the list is back. */
    | {
        readonly kind: "asks";
        ask(app: AppContext, target: LayeredTarget): Promise<CapabilityEdit | undefined>;
      }
  );

/** An entry has buttons according to these facts. */
interface Facts {
  readonly enabled: boolean;
  readonly readOnly: boolean;
  /** True for an entry that only a portal has. */
  readonly inPortal: boolean;
  /** The portals that have the server. */
  readonly portals: readonly InPortal[];
}

/** The buttons of a tool or prompt. */
export function actionsOf({ enabled, readOnly, inPortal, portals }: Facts): readonly Action[] {
  return [
    ...(!inPortal && portals.length > 0 ? [showInPortalsAction(portals)] : []),
    ...(readOnly ? [] : [editAliasAction(), enabledAction(!enabled)]),
    openAction(inPortal),
    copyAction(),
  ];
}

function showInPortalsAction(portals: readonly InPortal[]): Action {
  return {
    kind: "shows",
    iconPath: new vscode.ThemeIcon("globe"),
    tooltip: vscode.l10n.t("Show in Portal"),
    choose: (_app, target) => choosePortal(target, portals),
  };
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
    run: (app, target) => saveCapabilities(app, [{ target, values: { enabled } }]),
  };
}

function openAction(inPortal: boolean): Action {
  return {
    kind: "does",
    iconPath: new vscode.ThemeIcon("go-to-file"),
    tooltip: inPortal
      ? vscode.l10n.t("Open Portal Document")
      : vscode.l10n.t("Open Server Document"),
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

function from(target: LayeredTarget): CommandArguments {
  return { rows: [target], text: undefined, accountIds: [target.accountId] };
}
