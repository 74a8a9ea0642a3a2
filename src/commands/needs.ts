import type { CommandId } from "../contributions.ts";

/** What has to be there before a command makes sense. `servers` means on screen. */
export interface Needs {
  readonly needs: "nothing" | "account" | "servers";
  /** Whether it is pointless where nothing on screen may be changed. */
  readonly writes: boolean;
}

const NOTHING: Needs = { needs: "nothing", writes: false };
const ACCOUNT: Needs = { needs: "account", writes: false };
const READ: Needs = { needs: "servers", writes: false };
const WRITE: Needs = { needs: "servers", writes: true };

/** The palette's `when` clauses say the same; a test holds them to it. */
export const NEEDS: Readonly<Record<CommandId, Needs>> = {
  "mcpPortals.signIn": NOTHING,
  "mcpPortals.signOut": ACCOUNT,
  "mcpPortals.switchAccount": ACCOUNT,
  "mcpPortals.openDemo": NOTHING,
  "mcpPortals.openWalkthrough": NOTHING,
  "mcpPortals.refresh": ACCOUNT,
  "mcpPortals.syncServer": WRITE,
  "mcpPortals.syncAll": WRITE,
  "mcpPortals.cancelSync": NOTHING,
  "mcpPortals.enable": WRITE,
  "mcpPortals.disable": WRITE,
  "mcpPortals.editAlias": WRITE,
  "mcpPortals.editDescription": WRITE,
  "mcpPortals.addServer": { needs: "account", writes: true },
  "mcpPortals.editServer": WRITE,
  "mcpPortals.deleteServer": WRITE,
  "mcpPortals.undo": { needs: "account", writes: true },
  "mcpPortals.toggle": NOTHING,
  "mcpPortals.showNewer": READ,
  "mcpPortals.resetOverrides": WRITE,
  "mcpPortals.fixProblems": WRITE,
  "mcpPortals.fixAll": WRITE,
  "mcpPortals.find": READ,
  "mcpPortals.filter": READ,
  "mcpPortals.clearFilter": NOTHING,
  "mcpPortals.manageIgnored": NOTHING,
  "mcpPortals.openDefinition": READ,
  "mcpPortals.openServer": READ,
  "mcpPortals.copyExposedName": READ,
  "mcpPortals.copyUrl": READ,
  "mcpPortals.openDashboard": READ,
  "mcpPortals.setUpstreamCredentials": WRITE,
  "mcpPortals.showLog": NOTHING,
  "mcpPortals.showStatusMenu": NOTHING,
  "mcpPortals.openAtCapability": READ,
};
