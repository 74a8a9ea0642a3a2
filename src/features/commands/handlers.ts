import { COMMANDS, type CommandArguments, type CommandId } from "../../manifest.ts";
import { openDemo, signIn, signOut, switchAccount } from "../accounts/commands.ts";
import type { App } from "../app.ts";
import { editAlias } from "../capabilities/alias.ts";
import {
  copyExposedName,
  openAtCapability,
  openDefinition,
  resetOverrides,
} from "../capabilities/commands.ts";
import { editDescription } from "../capabilities/description.ts";
import { disable, enable, toggle } from "../capabilities/enablement.ts";
import { undo } from "../edits/undo.ts";
import { clearFilter, filter } from "../find/filter.ts";
import { find } from "../find/find.ts";
import { fixAll } from "../problems/fixAll.ts";
import { fixProblems } from "../problems/fixProblems.ts";
import { manageIgnored } from "../problems/ignored.ts";
import { addServer } from "../servers/addServer.ts";
import { copyUrl, openDashboard, openServer, showNewerVersion } from "../servers/commands.ts";
import { deleteServer } from "../servers/deleteServer.ts";
import { editServer } from "../servers/editServer.ts";
import { setUpstreamCredentials } from "../servers/upstreamCredentials.ts";
import { openWalkthrough, refresh, showLog, showStatusMenu } from "../status/commands.ts";
import { cancelSync, syncAll, syncServer } from "../sync/commands.ts";

type Handler = (app: App, args: CommandArguments) => unknown;

/** What each command does. A chunk of its own: activation only has to know that they exist. */
export const handlers: Readonly<Record<CommandId, Handler>> = {
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
  [COMMANDS.fixProblems]: fixProblems,
  [COMMANDS.fixAll]: fixAll,
  [COMMANDS.find]: find,
  [COMMANDS.filter]: filter,
  [COMMANDS.clearFilter]: clearFilter,
  [COMMANDS.manageIgnored]: manageIgnored,
  [COMMANDS.openDefinition]: openDefinition,
  [COMMANDS.openServer]: openServer,
  [COMMANDS.copyExposedName]: copyExposedName,
  [COMMANDS.copyUrl]: copyUrl,
  [COMMANDS.openDashboard]: openDashboard,
  [COMMANDS.setUpstreamCredentials]: setUpstreamCredentials,
  [COMMANDS.openWalkthrough]: openWalkthrough,
  [COMMANDS.showLog]: showLog,
  [COMMANDS.showStatusMenu]: showStatusMenu,
  [COMMANDS.openAtCapability]: openAtCapability,
};

export { setCheckboxes } from "../capabilities/enablement.ts";
export { tellLateOutcome } from "../edits/save.ts";
export { runFix } from "../problems/fixProblems.ts";
export { isRowForgotten, readArguments } from "./commandTable.ts";
export { meetsPreconditions } from "./preconditions.ts";
