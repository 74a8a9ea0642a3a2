/**
 * What the extension adds to VS Code, named once. `npm run manifest` writes package.json's commands,
 * menus, keys and rules from here, and a test holds package.json to it.
 */

/** A row of the command table. The title stands in package.nls.json as `command.<name>`. */
export interface CommandEntry {
  /** The name of a codicon. */
  readonly icon?: string;
  /** What has to be there before the command makes sense. `servers` means on screen. */
  readonly needs: "nothing" | "account" | "servers";
  /** Whether it changes something at Cloudflare, so that a read-only account refuses it. */
  readonly writes: boolean;
  /** The rows of the tree that it acts on. */
  readonly rows?: RowEntry;
  /** Where it stands above the view: as a button in the group `navigation`, else in the view's menu. */
  readonly title?: readonly TitleEntry[];
  /** The palette's clause where `needs` and `writes` don't say it; false keeps it out of there. */
  readonly palette?: string | false;
  /** Pressed on a row of the tree. */
  readonly key?: KeyEntry;
}

interface RowEntry {
  readonly on: readonly Target["kind"][];
  /** Whether it takes all selected rows; else it is called with the clicked one. */
  readonly several: boolean;
  /** Which rows of these kinds have it, where only one row is selected: a clause on `viewItem`. */
  readonly only?: string;
  /** Its place among the buttons of a row. */
  readonly inline?: number;
  /** Its group in the context menu, with its place in there. */
  readonly context: string;
}

interface TitleEntry {
  readonly group: string;
  readonly when?: string;
}

interface KeyEntry {
  readonly key: string;
  readonly mac?: string;
  readonly when?: string;
}

const READY = "mcpPortals.phase == ready";
const SIGNED_IN = "mcpPortals.phase != signedOut";

const TABLE = {
  signIn: {
    icon: "sign-in",
    needs: "nothing",
    writes: false,
    title: [
      {
        group: "navigation@-2",
        when: `${READY} && (mcpPortals.trouble == refused || mcpPortals.readOnly)`,
      },
      { group: "1_account@1" },
    ],
    rows: {
      on: ["account"],
      several: false,
      only: "viewItem =~ /;refused/",
      inline: 1,
      context: "9_account@0",
    },
  },
  signOut: {
    icon: "sign-out",
    needs: "account",
    writes: false,
    title: [{ group: "1_account@4", when: SIGNED_IN }],
    rows: { on: ["account"], several: true, context: "9_account@1" },
  },
  switchAccount: {
    needs: "account",
    writes: false,
    title: [{ group: "1_account@3", when: SIGNED_IN }],
  },
  openDemo: {
    icon: "beaker",
    needs: "nothing",
    writes: false,
    title: [{ group: "1_account@2", when: "mcpPortals.phase == signedOut" }],
  },
  refresh: {
    icon: "refresh",
    needs: "account",
    writes: false,
    title: [
      { group: "navigation@-1", when: `${READY} && mcpPortals.trouble == failed` },
      {
        group: "0_edit@3",
        when: `${SIGNED_IN} && !(${READY} && mcpPortals.trouble == failed)`,
      },
    ],
  },
  syncServer: {
    icon: "sync",
    needs: "servers",
    writes: true,
    rows: {
      on: ["server"],
      several: true,
      only: "!(viewItem =~ /;syncing/)",
      inline: 1,
      context: "2_sync@1",
    },
  },
  syncAll: {
    icon: "sync",
    needs: "servers",
    writes: true,
    title: [
      { group: "navigation@1", when: `${READY} && !mcpPortals.syncing && !mcpPortals.trouble` },
    ],
  },
  cancelSync: {
    icon: "stop-circle",
    needs: "nothing",
    writes: false,
    title: [{ group: "navigation@1", when: "mcpPortals.syncing" }],
    palette: "mcpPortals.syncing",
  },
  enable: {
    needs: "servers",
    writes: true,
    rows: {
      on: ["server", "group", "tool", "prompt"],
      several: true,
      only: "viewItem =~ /^(server|group)|^(tool|prompt);disabled/",
      context: "3_enable@1",
    },
  },
  disable: {
    needs: "servers",
    writes: true,
    rows: {
      on: ["server", "group", "tool", "prompt"],
      several: true,
      only: "viewItem =~ /^(server|group)|^(tool|prompt);enabled/",
      context: "3_enable@2",
    },
  },
  editAlias: {
    icon: "edit",
    needs: "servers",
    writes: true,
    rows: { on: ["tool", "prompt"], several: false, inline: 1, context: "4_edit@1" },
    key: { key: "f2" },
  },
  editDescription: {
    needs: "servers",
    writes: true,
    rows: { on: ["tool", "prompt"], several: false, context: "4_edit@3" },
  },
  resetOverrides: {
    icon: "discard",
    needs: "servers",
    writes: true,
    rows: {
      on: ["tool", "prompt"],
      several: true,
      only: "viewItem =~ /;overridden/",
      inline: 2,
      context: "4_edit@2",
    },
  },
  openServer: {
    icon: "go-to-file",
    needs: "servers",
    writes: false,
    rows: { on: ["server"], several: true, inline: 2, context: "1_open@1" },
  },
  openDefinition: {
    needs: "servers",
    writes: false,
    rows: { on: ["tool", "prompt"], several: true, context: "1_open@1" },
  },
  addServer: {
    icon: "add",
    needs: "account",
    writes: true,
    title: [{ group: "0_edit@0", when: `(${READY} || mcpPortals.phase == empty)` }],
    rows: { on: ["account"], several: false, context: "1_add@1" },
    palette: `(${READY} || mcpPortals.phase == empty) && !mcpPortals.readOnly`,
  },
  editServer: {
    needs: "servers",
    writes: true,
    rows: { on: ["server"], several: false, context: "6_server@0" },
  },
  setUpstreamCredentials: {
    needs: "servers",
    writes: true,
    rows: { on: ["server"], several: false, context: "6_server@1" },
  },
  deleteServer: {
    needs: "servers",
    writes: true,
    rows: { on: ["server"], several: true, context: "7_delete@1" },
    key: { key: "delete", mac: "cmd+backspace" },
  },
  undo: {
    icon: "discard",
    needs: "account",
    writes: true,
    title: [{ group: "0_edit@2", when: READY }],
    palette: `${READY} && !mcpPortals.readOnly`,
  },
  find: {
    icon: "search",
    needs: "servers",
    writes: false,
    title: [{ group: "navigation@3", when: READY }],
  },
  filter: {
    icon: "filter",
    needs: "servers",
    writes: false,
    title: [
      { group: "navigation@4", when: `${READY} && !mcpPortals.filtered` },
      { group: "0_edit@1", when: `${READY} && mcpPortals.filtered` },
    ],
  },
  clearFilter: {
    icon: "filter-filled",
    needs: "nothing",
    writes: false,
    title: [{ group: "navigation@4", when: "mcpPortals.filtered" }],
    palette: "mcpPortals.filtered",
  },
  copyExposedName: {
    needs: "servers",
    writes: false,
    rows: { on: ["tool", "prompt"], several: true, context: "5_copy@1" },
  },
  copyUrl: {
    needs: "servers",
    writes: false,
    rows: { on: ["server"], several: true, context: "5_copy@1" },
  },
  fixProblems: {
    icon: "lightbulb",
    needs: "servers",
    writes: true,
    rows: {
      on: ["server", "tool", "prompt"],
      several: true,
      only: "viewItem =~ /;problem/",
      inline: 0,
      context: "0_fix@1",
    },
  },
  fixAll: { needs: "servers", writes: true },
  manageIgnored: { needs: "nothing", writes: false },
  openDashboard: {
    needs: "servers",
    writes: false,
    rows: { on: ["server"], several: true, context: "1_open@2" },
  },
  showLog: {
    icon: "output",
    needs: "nothing",
    writes: false,
    title: [{ group: "2_log@1" }],
  },
  openWalkthrough: { needs: "nothing", writes: false, title: [{ group: "2_log@2" }] },
  /** What Space does in the tree. On a row that opens and closes Space is VS Code's. */
  toggle: {
    needs: "nothing",
    writes: false,
    palette: false,
    key: { key: "space", when: "!treeElementCanExpand && !treeElementCanCollapse" },
  },
  /** What a document's lens offers while there is something newer. */
  showNewer: { needs: "servers", writes: false, palette: false },
  /** What the status bar item opens. */
  showStatusMenu: { needs: "nothing", writes: false, palette: false },
  /** What a click on a tool or prompt opens. */
  openAtCapability: { needs: "servers", writes: false, palette: false },
} as const satisfies Readonly<Record<string, CommandEntry>>;

export type CommandName = keyof typeof TABLE;

/** Every command: what it needs, what it acts on, and where it stands. */
export const COMMAND_TABLE: Readonly<Record<CommandName, CommandEntry>> = TABLE;

export const COMMAND_NAMES = Object.keys(TABLE) as readonly CommandName[];

export const COMMANDS = Object.fromEntries(
  COMMAND_NAMES.map((name) => [name, `mcpPortals.${name}`]),
) as { readonly [Name in CommandName]: `mcpPortals.${Name}` };

export type CommandId = (typeof COMMANDS)[CommandName];

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

export type SettingName = keyof typeof SETTINGS;

/**
 * What each setting is to VS Code, in the order of its editor. The text stands in package.nls.json
 * as `setting.<id>`. What the checks know, their clients and rules, is added from their tables.
 */
export const SETTING_TABLE = {
  apiBaseUrl: { type: "string", format: "uri", default: "https://api.cloudflare.com/client/v4" },
  refreshInterval: { type: "number", default: 60, minimum: 0, maximum: 86_400 },
  refreshBackground: { type: "number", default: 900, minimum: 0, maximum: 86_400 },
  syncConcurrency: { type: "integer", default: 4, minimum: 1, maximum: 16 },
  checksClients: { type: "array", uniqueItems: true },
  checksRules: { type: "object", additionalProperties: false, default: {} },
  checksIgnore: {
    type: "array",
    items: {
      type: "object",
      required: ["rule", "server"],
      properties: {
        rule: { type: "string", description: "%ignore.rule%" },
        server: { type: "string", description: "%ignore.server%" },
        name: { type: "string", description: "%ignore.name%" },
      },
      additionalProperties: false,
    },
    default: [],
  },
} as const satisfies Readonly<Record<SettingName, object>>;

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

/** What makes a command do nothing. */
export const WARM_UP = "warmUp";
