/**
 * All that the extension contributes to VS Code. `npm run manifest` writes the commands, menus,
 * keys and rules of package.json from it, and a test compares them.
 */

import { ACCOUNT_COMMANDS } from "./commandTable/accounts.ts";
import { CAPABILITY_COMMANDS } from "./commandTable/capabilities.ts";
import type { CommandEntry, ViewName } from "./commandTable/entry.ts";
import { PORTAL_COMMANDS } from "./commandTable/portals.ts";
import { REVIEW_COMMANDS } from "./commandTable/review.ts";
import { SERVER_COMMANDS } from "./commandTable/servers.ts";
import { SHARED_COMMANDS } from "./commandTable/shared.ts";

const TABLE = {
  ...ACCOUNT_COMMANDS,
  ...CAPABILITY_COMMANDS,
  ...SERVER_COMMANDS,
  ...PORTAL_COMMANDS,
  ...REVIEW_COMMANDS,
  ...SHARED_COMMANDS,
} as const;

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
  removeFromPortal: "mcpPortals.fix.removeFromPortal",
  forgetLost: "mcpPortals.fix.forgetLost",
  selectTools: "mcpPortals.fix.selectTools",
  ignore: "mcpPortals.fix.ignore",
} as const;

/** Commands of lenses above a tool's arguments. They aren't contributed either. */
export const TRIAL_COMMANDS = {
  run: "mcpPortals.trial.run",
  again: "mcpPortals.trial.again",
} as const;

export type FixCommandId = (typeof FIX_COMMANDS)[keyof typeof FIX_COMMANDS];

/** In the order in which they stand. */
export const VIEWS = {
  portals: "mcpPortals.portals",
  servers: "mcpPortals.servers",
  review: "mcpPortals.review",
  live: "mcpPortals.live",
} as const satisfies Readonly<Record<ViewName, string>>;

/** The pages that VS Code opens again after a restart. */
export const PAGES = {
  clients: "mcpPortals.clients",
  cost: "mcpPortals.cost",
  reach: "mcpPortals.reach",
} as const;

export const SETTINGS = {
  apiBaseUrl: "mcpPortals.apiBaseUrl",
  refreshInterval: "mcpPortals.refresh.interval",
  refreshBackground: "mcpPortals.refresh.background",
  syncConcurrency: "mcpPortals.sync.concurrency",
  checksClients: "mcpPortals.checks.clients",
  checksRules: "mcpPortals.checks.rules",
  checksIgnore: "mcpPortals.checks.ignore",
  reviewHold: "mcpPortals.review.hold",
  budget: "mcpPortals.budget",
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
  reviewHold: {
    type: "string",
    enum: ["off", "new", "newAndChanged"],
    enumDescriptions: ["%hold.off%", "%hold.new%", "%hold.newAndChanged%"],
    default: "off",
  },
  budget: {
    type: "object",
    properties: {
      portal: { type: "integer", minimum: 0, description: "%budget.portal%" },
      server: { type: "integer", minimum: 0, description: "%budget.server%" },
      tool: { type: "integer", minimum: 0, description: "%budget.tool%" },
    },
    additionalProperties: false,
    default: { portal: 20_000, server: 10_000, tool: 1500 },
  },
} as const satisfies Readonly<Record<SettingName, object>>;

/** Seconds below which an interval other than 0 isn't used. VS Code's `minimum` can't leave out 0. */
export const LEAST_SECONDS = { refreshInterval: 15, refreshBackground: 60 } as const;

export const CONTEXT_KEYS = {
  /** "ready", or the welcome that the empty tree of servers shows; see phaseOf. */
  phase: "mcpPortals.phase",
  /** The same of the portals. */
  portalsPhase: "mcpPortals.portalsPhase",
  syncing: "mcpPortals.syncing",
  /** VS Code is connected to a portal. */
  connected: "mcpPortals.connected",
  /** A server on screen has changed since its definitions were accepted. */
  hasChanges: "mcpPortals.hasChanges",
  /** A sync has taken overrides of something on screen that could be brought back. */
  hasRestorable: "mcpPortals.hasRestorable",
  /** A comparison with VS Code's tools is shown. */
  compared: "mcpPortals.compared",
  /** True when nothing on screen can be changed. */
  readOnly: "mcpPortals.readOnly",
  filtered: "mcpPortals.filtered",
  /** Why the data on screen may be out of date: "refused", "failed" or "". */
  trouble: "mcpPortals.trouble",
} as const;

export const EXTENSION_ID = "mcp-portals.mcp-portals";
/** The full id of the walkthrough, which includes the extension's. */
export const WALKTHROUGH = `${EXTENSION_ID}#start`;

/** The id of the provider that offers connected portals to VS Code as MCP servers. */
export const MCP_SERVERS = "mcpPortals.portals";

/**
 * Context keys of the steps that were completed in this window. The walkthrough marks its steps by
 * them.
 */
export const MILESTONES = {
  explored: "mcpPortals.explored",
  edited: "mcpPortals.edited",
  synced: "mcpPortals.synced",
  fixed: "mcpPortals.fixed",
  reviewed: "mcpPortals.reviewed",
  /** A server was added to a portal by its command or by dragging it there. */
  published: "mcpPortals.published",
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
/** A server or portal as its file would have it. Read-only. */
export const FILE_SCHEME = "mcp-portals-file";
/** A tool or prompt as synced. Read-only. */
export const DEFINITION_SCHEME = "mcp-portals-definition";
/**
 * The language of definitions and of the two sides of a review, told by the ends of their names. Its
 * lines wrap: a description is one line, and somebody could hide something at its end.
 */
export const DEFINITION_LANGUAGE = "mcp-definition";
/** A tool as it is exposed, or as a client has it. Read-only. */
export const DELIVERED_SCHEME = "mcp-portals-delivered";
/** A tool or prompt as accepted, and as it is now: the two sides of a review. Read-only. */
export const REVIEW_SCHEME = "mcp-portals-review";
/** Arguments and results of tools that are tried. In memory alone. */
export const TRIAL_SCHEME = "mcp-portals-trial";
export const TRIAL_LANGUAGE = "mcp-arguments";
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
