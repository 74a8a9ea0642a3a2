/**
 * All that the extension contributes to VS Code. `npm run manifest` writes the commands, menus,
 * keys and rules of package.json from it, and a test compares them.
 */

import type { PortalTarget, Target } from "./target.ts";

/** A row of the command table. The title is `command.<name>` in package.nls.json. */
export interface CommandEntry {
  /** The name of a codicon. */
  readonly icon?: string;
  /** What the command requires. `servers` means servers on screen. */
  readonly needs: "nothing" | "account" | "servers";
  /** True when read-only accounts have to refuse it, because it changes something at Cloudflare. */
  readonly writes: boolean;
  /** The rows of the tree that it acts on. */
  readonly rows?: RowEntry;
  /**
   * Its places above the view: a button in the group `navigation`, otherwise an entry of the view's
   * menu.
   */
  readonly title?: readonly TitleEntry[];
  /** A `when` clause for the palette beyond `needs` and `writes`; false hides the command there. */
  readonly palette?: string | false;
  /** The key that runs it on a row of the tree. */
  readonly key?: KeyEntry;
}

interface RowEntry {
  /** Rows of the Servers view; empty for a command that is about portals alone. */
  readonly on: readonly Target["kind"][];
  /** Rows of the Portals view, with its position among their buttons. */
  readonly inPortals?: { readonly on: readonly PortalTarget["kind"][]; readonly inline?: number };
  /** True when it takes all selected rows. Otherwise it gets the clicked row only. */
  readonly several: boolean;
  /** A clause on `viewItem` that limits the rows, where only one row is selected. */
  readonly only?: string;
  /** Its position among the buttons of a row. */
  readonly inline?: number;
  /** Its group in the context menu, with its position there. */
  readonly context: string;
}

interface TitleEntry {
  readonly group: string;
  readonly when?: string;
  /** True for a place above the Portals view. */
  readonly inPortals?: boolean;
}

interface KeyEntry {
  readonly key: string;
  readonly mac?: string;
  readonly when?: string;
  /** The views in which the key runs it; the Servers view where this is left out. */
  readonly in?: readonly (keyof typeof VIEWS)[];
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
      inPortals: { on: ["mapping"], inline: 1 },
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
      inPortals: { on: ["mapping", "group", "tool", "prompt"] },
      several: true,
      only: "viewItem =~ /^(server|mapping|group)|^(tool|prompt);disabled/",
      context: "3_enable@1",
    },
  },
  disable: {
    needs: "servers",
    writes: true,
    rows: {
      on: ["server", "group", "tool", "prompt"],
      inPortals: { on: ["mapping", "group", "tool", "prompt"] },
      several: true,
      only: "viewItem =~ /^(server|mapping|group)|^(tool|prompt);enabled/",
      context: "3_enable@2",
    },
  },
  editAlias: {
    icon: "edit",
    needs: "servers",
    writes: true,
    rows: {
      on: ["tool", "prompt"],
      inPortals: { on: ["tool", "prompt"], inline: 1 },
      several: false,
      inline: 1,
      context: "4_edit@1",
    },
    key: { key: "f2", in: ["servers", "portals"] },
  },
  editDescription: {
    needs: "servers",
    writes: true,
    rows: {
      on: ["tool", "prompt"],
      inPortals: { on: ["tool", "prompt"] },
      several: false,
      context: "4_edit@3",
    },
  },
  resetOverrides: {
    icon: "discard",
    needs: "servers",
    writes: true,
    rows: {
      on: ["tool", "prompt"],
      inPortals: { on: ["tool", "prompt"], inline: 2 },
      several: true,
      only: "viewItem =~ /;overridden/",
      inline: 2,
      context: "4_edit@2",
    },
  },
  selectTools: {
    needs: "servers",
    writes: true,
    rows: {
      on: ["account", "server", "group"],
      inPortals: { on: ["portal", "mapping", "group"] },
      several: true,
      context: "3_enable@3",
    },
    title: [{ group: "0_edit@4", when: READY }],
  },
  compareWith: {
    needs: "account",
    writes: false,
    rows: {
      on: ["server"],
      inPortals: { on: ["portal"] },
      several: true,
      context: "1_open@3",
    },
  },
  openServer: {
    icon: "go-to-file",
    needs: "servers",
    writes: false,
    rows: {
      on: ["server"],
      inPortals: { on: ["mapping"] },
      several: true,
      inline: 2,
      context: "1_open@1",
    },
  },
  openPortal: {
    icon: "go-to-file",
    needs: "account",
    writes: false,
    rows: {
      on: [],
      inPortals: { on: ["portal"], inline: 2 },
      several: true,
      context: "1_open@1",
    },
  },
  openDefinition: {
    needs: "servers",
    writes: false,
    rows: {
      on: ["tool", "prompt"],
      inPortals: { on: ["tool", "prompt"] },
      several: true,
      context: "1_open@1",
    },
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
  addPortal: {
    icon: "add",
    needs: "account",
    writes: true,
    title: [
      { group: "navigation@0", inPortals: true },
      { group: "0_edit@-1", when: `(${READY} || mcpPortals.phase == empty)` },
    ],
  },
  editPortal: {
    needs: "account",
    writes: true,
    rows: { on: [], inPortals: { on: ["portal"] }, several: false, context: "6_portal@2" },
  },
  clonePortal: {
    needs: "account",
    writes: true,
    rows: { on: [], inPortals: { on: ["portal"] }, several: false, context: "6_portal@3" },
  },
  deletePortal: {
    needs: "account",
    writes: true,
    rows: { on: [], inPortals: { on: ["portal"] }, several: true, context: "7_delete@1" },
  },
  attachServers: {
    icon: "add",
    needs: "account",
    writes: true,
    rows: {
      on: [],
      inPortals: { on: ["portal"], inline: 1 },
      several: false,
      context: "6_portal@0",
    },
  },
  detachServer: {
    icon: "close",
    needs: "account",
    writes: true,
    rows: {
      on: [],
      inPortals: { on: ["mapping"], inline: 2 },
      several: true,
      context: "7_delete@1",
    },
    key: { key: "delete", mac: "cmd+backspace", in: ["portals"] },
  },
  keepNewToolsOff: {
    needs: "account",
    writes: true,
    rows: {
      on: [],
      inPortals: { on: ["mapping"] },
      several: true,
      only: "!(viewItem =~ /;newToolsOff/)",
      context: "6_portal@0",
    },
  },
  letNewToolsThrough: {
    needs: "account",
    writes: true,
    rows: {
      on: [],
      inPortals: { on: ["mapping"] },
      several: true,
      only: "viewItem =~ /;newToolsOff/",
      context: "6_portal@0",
    },
  },
  requireUserAuth: {
    needs: "account",
    writes: true,
    rows: {
      on: [],
      inPortals: { on: ["mapping"] },
      several: true,
      only: "!(viewItem =~ /;userAuth/)",
      context: "6_portal@1",
    },
  },
  useAdminCredential: {
    needs: "account",
    writes: true,
    rows: {
      on: [],
      inPortals: { on: ["mapping"] },
      several: true,
      only: "viewItem =~ /;userAuth/",
      context: "6_portal@1",
    },
  },
  setCodeMode: {
    needs: "account",
    writes: true,
    rows: { on: [], inPortals: { on: ["portal"] }, several: true, context: "6_portal@1" },
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
    rows: {
      on: ["tool", "prompt"],
      inPortals: { on: ["tool", "prompt"] },
      several: true,
      context: "5_copy@1",
    },
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
  /**
   * Handles Space in the tree. On a row that can be expanded, VS Code handles Space itself. It has
   * to stay silent on a row without a checkbox, so it asks for no precondition and looks itself
   * whether the account can be changed.
   */
  toggle: {
    needs: "nothing",
    writes: false,
    palette: false,
    key: {
      key: "space",
      when: "!treeElementCanExpand && !treeElementCanCollapse",
      in: ["servers", "portals"],
    },
  },
  /** The action of a document's lens while newer values exist. */
  showNewer: { needs: "servers", writes: false, palette: false },
  /** The action of the status bar item. */
  showStatusMenu: { needs: "nothing", writes: false, palette: false },
  /** The action of a click on a tool or prompt. */
  openAtCapability: { needs: "servers", writes: false, palette: false },
} as const satisfies Readonly<Record<string, CommandEntry>>;

export type CommandName = keyof typeof TABLE;

/** Every command with its requirements, its rows and its places in menus. */
export const COMMAND_TABLE: Readonly<Record<CommandName, CommandEntry>> = TABLE;

export const COMMAND_NAMES = Object.keys(TABLE) as readonly CommandName[];

export const COMMANDS = Object.fromEntries(
  COMMAND_NAMES.map((name) => [name, `mcpPortals.${name}`]),
) as { readonly [Name in CommandName]: `mcpPortals.${Name}` };

export type CommandId = (typeof COMMANDS)[CommandName];

/** Commands of quick fixes. They aren't contributed, because nobody else can use them. */
export const FIX_COMMANDS = {
  apply: "mcpPortals.fix.apply",
  applyAll: "mcpPortals.fix.applyAll",
  chooseDisabled: "mcpPortals.fix.chooseDisabled",
  accept: "mcpPortals.fix.accept",
  copyReport: "mcpPortals.fix.copyReport",
  addToPortal: "mcpPortals.fix.addToPortal",
  forgetLost: "mcpPortals.fix.forgetLost",
  ignore: "mcpPortals.fix.ignore",
} as const;

export type FixCommandId = (typeof FIX_COMMANDS)[keyof typeof FIX_COMMANDS];

/** In the order in which they stand. */
export const VIEWS = { portals: "mcpPortals.portals", servers: "mcpPortals.servers" } as const;

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
 * Each setting as VS Code needs it, in the order of the settings editor. Its text is `setting.<id>`
 * in package.nls.json. The lists of clients and rules are added from the tables of the checks.
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
        portal: { type: "string", description: "%ignore.portal%" },
      },
      additionalProperties: false,
    },
    default: [],
  },
} as const satisfies Readonly<Record<SettingName, object>>;

/** Seconds below which an interval other than 0 isn't used. VS Code's `minimum` can't leave out 0. */
export const LEAST_SECONDS = { refreshInterval: 15, refreshBackground: 60 } as const;

export const CONTEXT_KEYS = {
  /** "ready", or the welcome that the empty tree shows; see phaseOf. */
  phase: "mcpPortals.phase",
  syncing: "mcpPortals.syncing",
  /** An account on screen has a portal. */
  hasPortals: "mcpPortals.hasPortals",
  /** True when nothing on screen can be changed. */
  readOnly: "mcpPortals.readOnly",
  filtered: "mcpPortals.filtered",
  /** Why the data on screen may be out of date: "refused", "failed" or "". */
  trouble: "mcpPortals.trouble",
} as const;

/** The full id of the walkthrough, which includes the extension's. */
export const WALKTHROUGH = "mcp-portals.mcp-portals#start";

/**
 * Context keys of the steps that were completed in this window. The walkthrough marks its steps by
 * them.
 */
export const MILESTONES = {
  explored: "mcpPortals.explored",
  edited: "mcpPortals.edited",
  synced: "mcpPortals.synced",
  fixed: "mcpPortals.fixed",
} as const;

export type Milestone = keyof typeof MILESTONES;

/**
 * Set when the walkthrough is opened. It marks the steps that were completed before VS Code had
 * read the walkthrough.
 */
export const GUIDED = "mcpPortals.guided";

export const SCHEME = "mcp-portals";
/** The values at Cloudflare, as one side of a diff. Read-only. */
export const REMOTE_SCHEME = "mcp-portals-newest";
/** Both sides of the diff that previews changes. Read-only. */
export const PREVIEW_SCHEME = "mcp-portals-preview";
/** A server with which another is compared, in the other's order. Read-only. */
export const COMPARED_SCHEME = "mcp-portals-compared";
/** A tool or prompt as synced. Read-only. */
export const DEFINITION_SCHEME = "mcp-portals-definition";
/** The JSON schema of our documents, in the language of the window. */
export const SCHEMA_SCHEME = "mcp-portals-schema";
/** The languages of our documents, by the extensions of their names. */
export const LANGUAGES = ["mcp-server", "mcp-portal"] as const;
export const PROBLEMS_SOURCE = "MCP Portals";
export const STATUS_BAR_ITEM = "mcpPortals.sync";

/** The argument of a command that a key runs, in place of a row. */
export const PRESSED = "pressed";

/** The argument with which a command does nothing. */
export const WARM_UP = "warmUp";
