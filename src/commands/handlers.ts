import { COMMANDS, type CommandArguments, type CommandId } from "../contributions.ts";
import { signOut, switchAccount } from "./accounts/accounts.ts";
import { openDemo } from "./accounts/demo.ts";
import { signIn } from "./accounts/signIn.ts";
import type { App } from "./app.ts";
import { editAlias } from "./capabilities/alias.ts";
import { copyExposedName, openAtCapability, resetOverrides } from "./capabilities/capabilities.ts";
import { openDefinition } from "./capabilities/definition.ts";
import { editDescription } from "./capabilities/description.ts";
import { disable, enable, toggle } from "./capabilities/enablement.ts";
import { clearFilter, filter } from "./filter.ts";
import { find } from "./find/find.ts";
import { fixAll } from "./problems/fixAll.ts";
import { fixProblems } from "./problems/fixProblems.ts";
import { manageIgnored } from "./problems/ignored.ts";
import { undo } from "./saving/undo.ts";
import { addServer } from "./servers/addServer.ts";
import { openDashboard } from "./servers/dashboard.ts";
import { deleteServer } from "./servers/deleteServer.ts";
import { editServer } from "./servers/editServer.ts";
import { copyUrl, openServer, showNewerVersion } from "./servers/servers.ts";
import { cancelSync, syncAll, syncServer } from "./syncs/sync.ts";
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

export { isRowForgotten, readArguments } from "./arguments.ts";
export { setCheckboxes } from "./capabilities/enablement.ts";
export { isPossible } from "./possible.ts";
export { runFix } from "./problems/fixes.ts";
export { tellAftermath } from "./saving/aftermath.ts";
