import * as vscode from "vscode";
import { COMMANDS, type CommandId, type RowArguments } from "../contributions.ts";
import { openDemo, signIn, signOut, switchAccount } from "./accounts.ts";
import { addServer } from "./addServer.ts";
import type { App } from "./app.ts";
import { readArguments } from "./arguments.ts";
import {
  copyExposedName,
  disable,
  editAlias,
  enable,
  openAtCapability,
  resetOverrides,
  setCheckboxes,
  toggle,
} from "./capabilities.ts";
import { openDashboard } from "./dashboard.ts";
import { deleteServer } from "./deleteServer.ts";
import { editDescription } from "./description.ts";
import { editServer } from "./editServer.ts";
import { tellOverruns } from "./overrun.ts";
import { copyUrl, openServer, showNewerVersion } from "./servers.ts";
import { cancelSync, syncAll, syncServer } from "./sync.ts";
import { undo } from "./undo.ts";
import { setUpstreamCredentials } from "./upstream/setCredentials.ts";
import { refresh, showLog, showStatusMenu } from "./view.ts";

type Handler = (app: App, args: RowArguments) => unknown;

const handlers: Readonly<Record<CommandId, Handler>> = {
  [COMMANDS.signIn]: signIn,
  [COMMANDS.signOut]: signOut,
  [COMMANDS.switchAccount]: switchAccount,
  [COMMANDS.openDemo]: openDemo,
  [COMMANDS.refresh]: refresh,
  [COMMANDS.syncServer]: syncServer,
  [COMMANDS.syncAll]: syncAll,
  [COMMANDS.cancelSync]: cancelSync,
  [COMMANDS.enable]: enable,
  [COMMANDS.disable]: disable,
  [COMMANDS.editAlias]: editAlias,
  [COMMANDS.editDescription]: editDescription,
  [COMMANDS.addServer]: addServer,
  [COMMANDS.editServer]: editServer,
  [COMMANDS.deleteServer]: deleteServer,
  [COMMANDS.undo]: undo,
  [COMMANDS.toggle]: toggle,
  [COMMANDS.showNewer]: showNewerVersion,
  [COMMANDS.resetOverrides]: resetOverrides,
  [COMMANDS.openServer]: openServer,
  [COMMANDS.copyExposedName]: copyExposedName,
  [COMMANDS.copyUrl]: copyUrl,
  [COMMANDS.openDashboard]: openDashboard,
  [COMMANDS.setUpstreamCredentials]: setUpstreamCredentials,
  [COMMANDS.showLog]: showLog,
  [COMMANDS.showStatusMenu]: showStatusMenu,
  [COMMANDS.openAtCapability]: openAtCapability,
};

/** Registers every command, and the checkboxes of the tree. */
export function registerCommands(app: App): readonly vscode.Disposable[] {
  const commands = Object.entries(handlers).map(([id, handler]) =>
    vscode.commands.registerCommand(id, (...args: unknown[]) => handler(app, readArguments(args))),
  );
  const checkboxes = app.view.onDidChangeCheckboxState(({ items }) =>
    setCheckboxes(
      app,
      items.flatMap(([node, state]) =>
        node.kind === "tool" || node.kind === "prompt"
          ? [[node, state === vscode.TreeItemCheckboxState.Checked] as const]
          : [],
      ),
    ),
  );
  return [...commands, checkboxes, tellOverruns(app)];
}
