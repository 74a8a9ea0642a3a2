import * as vscode from "vscode";
import { about, listed } from "../../base/text.ts";
import type { ExposedCapability } from "../../domain/catalogue/layers.ts";
import { diagnose } from "../../domain/diagnosis/upstream.ts";
import { type ErrorDetails, type Server, shownUrl } from "../../domain/servers/server.ts";
import {
  authenticationStatusInWords,
  authTypeInWords,
  statusInWords,
  timeInWords,
} from "../../domain/servers/words.ts";
import { appendPlainText } from "../../editor/notifications.ts";

/** Everything that Cloudflare tells of a server, but for its catalogue, which is the rows below. */
export function serverTooltip(server: Server): vscode.MarkdownString {
  return tooltipOf(server.name, server.description, [
    [vscode.l10n.t("Status"), statusInWords(server)],
    [vscode.l10n.t("Diagnosis"), diagnose(server)?.sentence],
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
    ...otherRows(server.received, SHOWN_OF_SERVER),
  ]);
}

/** Keys on the wire that are shown above, or are rows of the tree. */
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

/** What is told of a stored OAuth client; its secret never comes back. */
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

function whenAndWho(when: string | undefined, who: string | undefined): string | undefined {
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

function time(value: string | undefined): string {
  return value === undefined ? vscode.l10n.t("Never") : timeInWords(value, vscode.env.language);
}

function onOff(value: boolean | undefined): string | undefined {
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

/** Everything that is known of a tool or prompt, and which of it is the upstream's and which ours. */
export function capabilityTooltip(shown: ExposedCapability): vscode.MarkdownString {
  const { resolved, capability, name, alias } = shown;
  const { source } = capability;
  return tooltipOf(shown.exposedName, shown.description, [
    [vscode.l10n.t("State"), state(shown)],
    [vscode.l10n.t("Name at the upstream"), name],
    [vscode.l10n.t("Alias, set at Cloudflare"), alias],
    [vscode.l10n.t("Description"), descriptionFrom(shown)],
    [
      vscode.l10n.t("Upstream's description"),
      resolved.description.from === "upstream" ? undefined : capability.description,
    ],
    [vscode.l10n.t("Parameters"), parameters(source)],
    [vscode.l10n.t("Result"), schemaText(source["outputSchema"])],
    [vscode.l10n.t("Annotations"), annotations(source["annotations"])],
    ...otherRows(source, SHOWN_OF_CAPABILITY),
    ...unknownOverrides(shown),
  ]);
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

/** Keys of the override that this version doesn't know, and keeps. */
function unknownOverrides({ override }: ExposedCapability): readonly Row[] {
  return otherRows({ ...override }, ["name", "alias", "description", "enabled"]);
}

/** Of a tool's schema or of a prompt's arguments; anything may stand there. */
function parameters(source: Readonly<Record<string, unknown>>): string | undefined {
  const args = source["arguments"];
  if (!Array.isArray(args)) {
    return schemaText(source["inputSchema"]);
  }
  return args
    .flatMap((arg) => (isRecord(arg) ? [parameter(String(arg["name"]), arg, arg["required"])] : []))
    .join("; ");
}

function schemaText(schema: unknown): string | undefined {
  if (!isRecord(schema)) {
    return undefined;
  }
  const properties = schema["properties"];
  if (!isRecord(properties)) {
    return JSON.stringify(schema);
  }
  const required = Array.isArray(schema["required"]) ? schema["required"] : [];
  return Object.entries(properties)
    .map(([name, property]) => parameter(name, property, required.includes(name)))
    .join("; ");
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
  return Object.entries(value)
    .map(([key, entry]) => `${key}: ${JSON.stringify(entry)}`)
    .join(", ");
}

export type Row = readonly [label: string, value: string | undefined];

/** Nobody reads more in a tooltip; the definition has the whole. */
const LONGEST = 600;

/**
 * Names and values, as text and nothing else: they come from machines that may be hostile. A row
 * without a value is left out.
 */
export function tooltipOf(
  title: string,
  description: string | undefined,
  rows: readonly Row[],
): vscode.MarkdownString {
  const markdown = new vscode.MarkdownString();
  appendPlainText(markdown.appendMarkdown("**"), cut(title)).appendMarkdown("**");
  if (description !== undefined && description !== "") {
    appendPlainText(markdown.appendMarkdown("\n\n"), cut(description));
  }
  markdown.appendMarkdown("\n\n---\n\n");
  for (const [label, value] of rows) {
    if (value === undefined || value === "") {
      continue;
    }
    appendPlainText(markdown, about(label, cut(value))).appendMarkdown("  \n");
  }
  return markdown;
}

function cut(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

/** Cloudflare doesn't send secrets; should that ever change, they aren't shown. */
const SECRET = /secret|credential|password|api_?key/iu;

/** What an object has beside the keys that are shown in words, under its own names. */
export function otherRows(
  value: Readonly<Record<string, unknown>> | undefined,
  known: readonly string[] = [],
): readonly Row[] {
  return Object.entries(value ?? {})
    .filter(([key]) => !known.includes(key) && !SECRET.test(key))
    .filter(([, entry]) => entry !== null && entry !== undefined)
    .map(([key, entry]) => [key, valueText(entry)]);
}

export function valueText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
