/** Everything that package.json contributes, named once. A test holds the two together. */

export const COMMANDS = {
  signIn: "mcpPortals.signIn",
  signOut: "mcpPortals.signOut",
  switchAccount: "mcpPortals.switchAccount",
  openDemo: "mcpPortals.openDemo",
  refresh: "mcpPortals.refresh",
  syncServer: "mcpPortals.syncServer",
  syncAll: "mcpPortals.syncAll",
  cancelSync: "mcpPortals.cancelSync",
  enable: "mcpPortals.enable",
  disable: "mcpPortals.disable",
  editAlias: "mcpPortals.editAlias",
  editDescription: "mcpPortals.editDescription",
  addServer: "mcpPortals.addServer",
  editServer: "mcpPortals.editServer",
  deleteServer: "mcpPortals.deleteServer",
  undo: "mcpPortals.undo",
  /** What Space does in the tree; not in the palette. */
  toggle: "mcpPortals.toggle",
  /** What a document's lens offers while there is something newer; not in the palette. */
  showNewer: "mcpPortals.showNewer",
  resetOverrides: "mcpPortals.resetOverrides",
  fixProblems: "mcpPortals.fixProblems",
  fixAll: "mcpPortals.fixAll",
  find: "mcpPortals.find",
  filter: "mcpPortals.filter",
  clearFilter: "mcpPortals.clearFilter",
  manageIgnored: "mcpPortals.manageIgnored",
  openDefinition: "mcpPortals.openDefinition",
  openServer: "mcpPortals.openServer",
  copyExposedName: "mcpPortals.copyExposedName",
  copyUrl: "mcpPortals.copyUrl",
  openDashboard: "mcpPortals.openDashboard",
  setUpstreamCredentials: "mcpPortals.setUpstreamCredentials",
  openWalkthrough: "mcpPortals.openWalkthrough",
  showLog: "mcpPortals.showLog",
  /** What the status bar item opens; not in the palette. */
  showStatusMenu: "mcpPortals.showStatusMenu",
  /** What a click on a tool or prompt opens; not in the palette. */
  openAtCapability: "mcpPortals.openAtCapability",
} as const;

export type CommandId = (typeof COMMANDS)[keyof typeof COMMANDS];

/** What quick fixes run; nobody else has a use for them, so they aren't contributed. */
export const FIX_COMMANDS = {
  apply: "mcpPortals.fix.apply",
  applyAll: "mcpPortals.fix.applyAll",
  chooseDisabled: "mcpPortals.fix.chooseDisabled",
  accept: "mcpPortals.fix.accept",
  ignore: "mcpPortals.fix.ignore",
} as const;

export type FixCommandId = (typeof FIX_COMMANDS)[keyof typeof FIX_COMMANDS];

export const VIEWS = { servers: "mcpPortals.servers" } as const;

export const SETTINGS = {
  apiBaseUrl: "mcpPortals.apiBaseUrl",
  refreshInterval: "mcpPortals.refresh.interval",
  refreshBackground: "mcpPortals.refresh.background",
  syncConcurrency: "mcpPortals.sync.concurrency",
  checksClients: "mcpPortals.checks.clients",
  checksRules: "mcpPortals.checks.rules",
  checksIgnore: "mcpPortals.checks.ignore",
} as const;

export const CONTEXT_KEYS = {
  /** "ready", or which welcome the empty tree shows; see phaseOf. */
  phase: "mcpPortals.phase",
  syncing: "mcpPortals.syncing",
  /** Nothing on screen can be changed. */
  readOnly: "mcpPortals.readOnly",
  filtered: "mcpPortals.filtered",
  /** What keeps the data on screen from being fresh: "refused", "failed" or "". */
  trouble: "mcpPortals.trouble",
} as const;

/** The walkthrough's id among those of all extensions. */
export const WALKTHROUGH = "mcp-portals.mcp-portals#start";

/** What somebody has done in this window: context keys by which the walkthrough ticks off its steps. */
export const MILESTONES = {
  explored: "mcpPortals.explored",
  edited: "mcpPortals.edited",
  synced: "mcpPortals.synced",
  fixed: "mcpPortals.fixed",
} as const;

export type Milestone = keyof typeof MILESTONES;

/** The walkthrough is open: what was reached before VS Code had read it is ticked off by this. */
export const GUIDED = "mcpPortals.guided";

export const SCHEME = "mcp-portals";
/** What is at Cloudflare, as one side of a difference; never written. */
export const NEWEST_SCHEME = "mcp-portals-newest";
/** A tool or prompt as it was synced; never written. */
export const DEFINITION_SCHEME = "mcp-portals-definition";
/** What the JSON service reads of our documents, made by us in the language of the window. */
export const SCHEMA_SCHEME = "mcp-portals-schema";
export const LANGUAGE = "mcp-server";
export const PROBLEMS_SOURCE = "MCP Portals";
export const STATUS_BAR_ITEM = "mcpPortals.sync";

/** Which server of which account is meant. */
export interface ServerAddress {
  readonly accountId: string;
  readonly serverId: string;
}

/** What a row of the tree hands to a command: where it stands, never an object with behaviour. */
export type Target =
  | { readonly kind: "account"; readonly accountId: string }
  | ServerTarget
  | (ServerAddress & { readonly kind: "group"; readonly of: "tool" | "prompt" })
  | CapabilityTarget;

export interface ServerTarget extends ServerAddress {
  readonly kind: "server";
}

export interface CapabilityTarget extends ServerAddress {
  readonly kind: "tool" | "prompt";
  readonly name: string;
}

/**
 * What a command is called with: the rows that it is for, from the tree or from a key, and none but
 * undefined from the palette. A script may give the text that the command would ask for.
 */
export interface CommandArguments {
  readonly rows: readonly Target[] | undefined;
  readonly text: string | undefined;
}

/** What a key gives its command instead of a row. */
export const PRESSED = "pressed";
