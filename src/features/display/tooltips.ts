import * as vscode from "vscode";
import { isRecord, type JsonRecord } from "../../base/json.ts";
import { jsonText } from "../../base/jsonText.ts";
import { about, listed, shorten } from "../../base/text.ts";
import type { Capability } from "../../domain/catalogue/capability.ts";
import type { ExposedCapability } from "../../domain/catalogue/serverCatalogue.ts";
import type { Cost } from "../../domain/cost/sums.ts";
import { diagnose } from "../../domain/diagnosis/upstream.ts";
import { stalledInWords } from "../../domain/servers/frozen.ts";
import { type ErrorDetails, type Server, shownUrl } from "../../domain/servers/server.ts";
import type { SyncReport } from "../../domain/servers/syncReport.ts";
import {
  authenticationStatusInWords,
  authTypeInWords,
  statusInWords,
  timeInWords,
} from "../../domain/servers/words.ts";
import type { ToolCalls } from "../../domain/usage/toolCalls.ts";
import { callsInWords } from "../../domain/usage/words.ts";
import { escapeMarkdown } from "../../editor/escape.ts";
import { appendPlainText } from "../../editor/notifications.ts";
import { costInWords, toolCostInWords } from "./costWords.ts";

/** What is known of a server beside what Cloudflare's answer says. */
interface BesideServer {
  readonly cost?: Cost | undefined;
  readonly calls?: ToolCalls | undefined;
  /** How the last sync from this window ended. */
  readonly last?: SyncReport | undefined;
}

/** All that Cloudflare tells of a server, without its catalogue, which has rows of its own. */
export function serverTooltip(
  server: Server,
  { cost, calls, last }: BesideServer = {},
): vscode.MarkdownString {
  return tooltipOf(server.name, server.description, serverRows(server, { cost, calls, last }));
}

/** The rows of a server's tooltip, for all that Cloudflare tells of it. */
export function serverRows(
  server: Server,
  { cost, calls, last }: BesideServer = {},
): readonly Row[] {
  return [
    [vscode.l10n.t("Status"), statusInWords(server)],
    [vscode.l10n.t("Diagnosis"), diagnose(server)?.sentence],
    [vscode.l10n.t("Last sync"), last?.kind === "stalled" ? stalledInWords(server) : undefined],
    [vscode.l10n.t("Error"), server.error],
    ...errorRows(server.errorDetails),
    [vscode.l10n.t("Id"), server.id],
    [vscode.l10n.t("URL"), shownUrl(server.hostname)],
    [vscode.l10n.t("Authentication"), authTypeInWords(server)],
    [vscode.l10n.t("Authentication status"), authenticationStatusInWords(server)],
    ...clientRows(server),
    [vscode.l10n.t("Created"), whenAndWho(server.createdAt, server.createdBy)],
    [vscode.l10n.t("Modified"), whenAndWho(server.modifiedAt, server.modifiedBy)],
    [vscode.l10n.t("Last synced"), time(server.lastSynced)],
    [vscode.l10n.t("Last successful sync"), time(server.lastSuccessfulSync)],
    [vscode.l10n.t("Shared OAuth callback"), onOff(server.isSharedOauthCallbackEnabled)],
    [vscode.l10n.t("Routed through Gateway"), onOff(server.secureWebGateway)],
    ...costRows(cost),
    callsRow(calls),
    ...otherRows(server.received, SHOWN_OF_SERVER),
  ];
}

/** Keys of the API that are shown by rows above or in the tree. */
const SHOWN_OF_SERVER = [
  "id",
  "name",
  "description",
  "hostname",
  "auth_type",
  "authentication_status",
  "auth_config_summary",
  "status",
  "error",
  "error_details",
  "created_at",
  "created_by",
  "modified_at",
  "modified_by",
  "last_synced",
  "last_successful_sync",
  "is_shared_oauth_callback_enabled",
  "secure_web_gateway",
  "tools",
  "prompts",
  "updated_tools",
  "updated_prompts",
];

function errorRows(details: ErrorDetails | undefined): readonly Row[] {
  if (details === undefined) {
    return [];
  }
  return [
    [vscode.l10n.t("Cause"), details.cause],
    [vscode.l10n.t("HTTP status of the upstream"), details.statusCode?.toString()],
    [vscode.l10n.t("MCP error code"), details.mcpCode?.toString()],
    [vscode.l10n.t("The fault is the upstream's"), yesNo(details.isUpstream)],
    [vscode.l10n.t("Trying again can help"), yesNo(details.retryable)],
  ];
}

/** The stored OAuth client. Cloudflare never returns its secret. */
function clientRows({ authConfigSummary }: Server): readonly Row[] {
  if (authConfigSummary === undefined) {
    return [];
  }
  const { authMode, hasClientSecret, clientSecretVersion, config, registrationInfo } =
    authConfigSummary;
  return [
    [vscode.l10n.t("OAuth client"), authMode],
    [vscode.l10n.t("Client secret stored"), yesNo(hasClientSecret)],
    [vscode.l10n.t("Version of the client secret"), clientSecretVersion?.toString()],
    ...otherRows(config),
    ...otherRows(registrationInfo),
  ];
}

export function whenAndWho(when: string | undefined, who: string | undefined): string | undefined {
  if (when === undefined) {
    return who;
  }
  return who === undefined
    ? timeInWords(when, vscode.env.language)
    : vscode.l10n.t({
        message: "{0} by {1}",
        args: [timeInWords(when, vscode.env.language), who],
        comment: ["A time, and who did it"],
      });
}

export function callsRow(calls: ToolCalls | undefined): Row {
  return [vscode.l10n.t("Tool calls"), calls && callsInWords(calls)];
}

export function time(value: string | undefined): string {
  return value === undefined ? vscode.l10n.t("Never") : timeInWords(value, vscode.env.language);
}

export function onOff(value: boolean | undefined): string | undefined {
  if (value === undefined) {
    return undefined;
  }
  return value ? vscode.l10n.t("On") : vscode.l10n.t("Off");
}

function yesNo(value: boolean | undefined): string | undefined {
  if (value === undefined) {
    return undefined;
  }
  return value ? vscode.l10n.t("Yes") : vscode.l10n.t("No");
}

/** What a list of tools costs; nothing where it has none. */
export function costRows(cost: Cost | undefined): readonly Row[] {
  const isNone = cost === undefined || cost.tokens + cost.pending === 0;
  return isNone ? [] : [[vscode.l10n.t("Context cost"), costInWords(cost)]];
}

/**
 * All that is known of a tool or prompt, with the source of each value.
 * @param tokens what a tool costs; undefined where it isn't counted
 */
export function capabilityTooltip(
  shown: ExposedCapability,
  tokens?: number,
): vscode.MarkdownString {
  const { resolved, capability, name, alias } = shown;
  return tooltipOf(shown.exposedName, shown.description, [
    [vscode.l10n.t("State"), state(shown)],
    [vscode.l10n.t("Name at the upstream"), name],
    [vscode.l10n.t("Alias, set at Cloudflare"), alias],
    [vscode.l10n.t("Description"), descriptionFrom(shown)],
    [
      vscode.l10n.t("Upstream's description"),
      resolved.description.from === "upstream" ? undefined : capability.description,
    ],
    [vscode.l10n.t("Context cost"), toolCostInWords(tokens, shown.enabled)],
    ...definitionRows(capability),
    ...unknownOverrides(shown),
  ]);
}

/** What the upstream sent of a tool or prompt beside its name and its description. */
export function definitionRows({ source }: Capability): readonly Row[] {
  return [
    [vscode.l10n.t("Parameters"), parameters(source)],
    [vscode.l10n.t("Result"), schemaText(source["outputSchema"])],
    [vscode.l10n.t("Annotations"), annotations(source["annotations"])],
    ...otherRows(source, SHOWN_OF_CAPABILITY),
  ];
}

const SHOWN_OF_CAPABILITY = [
  "name",
  "description",
  "inputSchema",
  "outputSchema",
  "annotations",
  "arguments",
];

function state({ resolved: { enabled } }: ExposedCapability): string {
  if (!enabled.value) {
    return vscode.l10n.t("Disabled at Cloudflare");
  }
  return enabled.from === "upstream"
    ? vscode.l10n.t("Enabled")
    : vscode.l10n.t("Enabled at Cloudflare");
}

function descriptionFrom({ resolved: { description } }: ExposedCapability): string | undefined {
  if (description.value === undefined) {
    return vscode.l10n.t("None");
  }
  return description.from === "upstream"
    ? vscode.l10n.t("From the upstream")
    : vscode.l10n.t("Set at Cloudflare");
}

/** Keys of the override that this version doesn't know but keeps. */
function unknownOverrides({ override }: ExposedCapability): readonly Row[] {
  return otherRows({ ...override }, ["name", "alias", "description", "enabled"]);
}

/** Reads a tool's schema or a prompt's arguments, whatever values they contain. */
function parameters(source: JsonRecord): string | undefined {
  const args = source["arguments"];
  if (!Array.isArray(args)) {
    return schemaText(source["inputSchema"]);
  }
  return listShortly("; ", args, (arg) =>
    isRecord(arg) ? parameter(valueText(arg["name"]), arg, arg["required"]) : valueText(arg),
  );
}

function schemaText(schema: unknown): string | undefined {
  if (!isRecord(schema)) {
    return undefined;
  }
  const properties = schema["properties"];
  if (!isRecord(properties)) {
    return valueText(schema);
  }
  // A set, because an upstream may require as many parameters as it has.
  const required = new Set<unknown>(Array.isArray(schema["required"]) ? schema["required"] : []);
  return listShortly("; ", Object.keys(properties), (name) =>
    parameter(name, properties[name], required.has(name)),
  );
}

function parameter(name: string, of: unknown, required: unknown): string {
  const { type, description } = isRecord(of) ? of : {};
  const kind = typeof type === "string" ? [type] : [];
  const facts = listed([...kind, ...(required === true ? [vscode.l10n.t("required")] : [])]);
  const head = facts === "" ? name : `${name} (${facts})`;
  return typeof description === "string" ? `${head} – ${description}` : head;
}

function annotations(value: unknown): string | undefined {
  if (!isRecord(value)) {
    return undefined;
  }
  return listShortly(", ", Object.keys(value), (key) => `${key}: ${jsonText(value[key])}`);
}

/** Lists as many entries as fit, and the number of the others. */
function listShortly<T>(
  separator: string,
  entries: readonly T[],
  inWords: (entry: T) => string,
): string {
  let text = "";
  for (const [index, entry] of entries.entries()) {
    const words = shorten(inWords(entry), LONGEST_ENTRY);
    if (text.length + words.length > LONGEST_LIST) {
      return `${text}${separator}${vscode.l10n.t("{0} more", entries.length - index)}`;
    }
    text += text === "" ? words : separator + words;
  }
  return text;
}

export type Row = readonly [label: string, value: string | undefined];

/** A command that a tooltip offers. */
export interface TooltipLink {
  readonly title: string;
  readonly command: string;
  readonly arguments: readonly unknown[];
}

/**
 * Most characters of a text. Longer texts aren't read in a tooltip; the definition shows them
 * whole.
 */
const LONGEST = 600;
/** Most characters of a list and of its entries. With "more" they stay below `LONGEST`. */
const LONGEST_LIST = 500;
const LONGEST_ENTRY = 300;
/** Most rows of unknown keys. An upstream can send any number of them. */
const MOST_ROWS = 40;

/**
 * Adds names and values as plain text, because they come from machines that may be hostile. Leaves
 * out rows without a value. Links run their own commands and no others.
 */
export function tooltipOf(
  title: string,
  description: string | undefined,
  rows: readonly Row[],
  links: readonly TooltipLink[] = [],
): vscode.MarkdownString {
  const markdown = new vscode.MarkdownString();
  appendTitle(markdown, shorten(title, LONGEST));
  if (description !== undefined && description !== "") {
    appendPlainText(markdown.appendMarkdown("\n\n"), shorten(description, LONGEST));
  }
  if (links.length > 0) {
    markdown.isTrusted = { enabledCommands: links.map(({ command }) => command) };
    markdown.appendMarkdown(`\n\n${links.map(linkInMarkdown).join(" · ")}`);
  }
  markdown.appendMarkdown("\n\n---\n\n");
  const filled = rows.flatMap(([label, value]) => (value ? [{ label, value }] : []));
  for (const { label, value } of filled.slice(0, MOST_ROWS)) {
    const row = about(shorten(label, LONGEST_ENTRY), shorten(value, LONGEST));
    appendPlainText(markdown, row).appendMarkdown("  \n");
  }
  const more = filled.length - MOST_ROWS;
  if (more > 0) {
    appendPlainText(markdown, vscode.l10n.t("And {0} more.", more));
  }
  return markdown;
}

/** Parentheses end a link's address, and `encodeURIComponent` leaves them. */
function linkInMarkdown({ title, command, arguments: args }: TooltipLink): string {
  const query = encodeURIComponent(JSON.stringify(args)).replaceAll("(", "%28");
  return `[${escapeMarkdown(title)}](command:${command}?${query.replaceAll(")", "%29")})`;
}

/**
 * Markdown doesn't make text bold that has spaces at its ends or several lines, and shows the
 * stars.
 */
function appendTitle(markdown: vscode.MarkdownString, title: string): void {
  const stars = /^\s|\s$|[\r\n]/u.test(title) ? "" : "**";
  appendPlainText(markdown.appendMarkdown(stars), title).appendMarkdown(stars);
}

/** Cloudflare doesn't send secrets. If that ever changes, they are hidden. */
const SECRET = /secret|credential|password|api_?key/iu;

/** The keys of an object that have no row in words. */
function otherRows(value: JsonRecord | undefined, known: readonly string[] = []): readonly Row[] {
  return Object.entries(value ?? {})
    .filter(([key]) => !known.includes(key) && !SECRET.test(key))
    .filter(([, entry]) => entry !== null && entry !== undefined)
    .map(([key, entry], index) => [key, index < MOST_ROWS ? valueText(entry) : "…"]);
}

function valueText(value: unknown): string {
  return typeof value === "string" ? value : jsonText(value);
}
