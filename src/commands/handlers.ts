import { COMMANDS, type CommandArguments, type CommandId } from "../contributions.ts";
import { openDemo, signIn, signOut, switchAccount } from "./accounts.ts";
import { addServer } from "./addServer.ts";
import { editAlias } from "./alias.ts";
import type { App } from "./app.ts";
import { copyExposedName, openAtCapability, resetOverrides } from "./capabilities.ts";
import { openDashboard } from "./dashboard.ts";
import { openDefinition } from "./definition.ts";
import { deleteServer } from "./deleteServer.ts";
import { editDescription } from "./description.ts";
import { editServer } from "./editServer.ts";
import { disable, enable, toggle } from "./enablement.ts";
import { clearFilter, filter } from "./filter.ts";
import { find } from "./find/find.ts";
import { fixAll } from "./fixAll.ts";
import { fixProblems } from "./fixProblems.ts";
import { manageIgnored } from "./ignored.ts";
import { copyUrl, openServer, showNewerVersion } from "./servers.ts";
import { cancelSync, syncAll, syncServer } from "./sync.ts";
import { undo } from "./undo.ts";
import { setUpstreamCredentials } from "./upstream/setCredentials.ts";
import { openWalkthrough, refresh, showLog, showStatusMenu } from "./view.ts";

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

export { tellAftermath } from "./aftermath.ts";
export { isRowForgotten, readArguments } from "./arguments.ts";
export { setCheckboxes } from "./enablement.ts";
export { runFix } from "./fixes.ts";
export { isPossible } from "./possible.ts";
