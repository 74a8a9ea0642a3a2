import * as vscode from "vscode";
import type { ExposedCapability } from "../../model/catalogue.ts";
import type { Server } from "../../model/server.ts";
import { shownUrl } from "../../model/url.ts";
import {
  authenticationStatusInWords,
  authTypeInWords,
  statusInWords,
  timeInWords,
} from "../words.ts";

type Row = readonly [label: string, value: string | undefined];

export function serverTooltip(server: Server): vscode.MarkdownString {
  return tooltip(server.name, server.description, [
    [vscode.l10n.t("Status"), statusInWords(server)],
    [vscode.l10n.t("Error"), server.error],
    [vscode.l10n.t("Cause"), server.errorDetails?.cause],
    [vscode.l10n.t("Id"), server.id],
    [vscode.l10n.t("URL"), shownUrl(server.hostname)],
    [vscode.l10n.t("Authentication"), authTypeInWords(server)],
    [vscode.l10n.t("Authentication status"), authenticationStatusInWords(server)],
    [vscode.l10n.t("Created"), whenAndWho(server.createdAt, server.createdBy)],
    [vscode.l10n.t("Modified"), whenAndWho(server.modifiedAt, server.modifiedBy)],
    [vscode.l10n.t("Last synced"), time(server.lastSynced)],
    [vscode.l10n.t("Last successful sync"), time(server.lastSuccessfulSync)],
    [vscode.l10n.t("Shared OAuth callback"), onOff(server.isSharedOauthCallbackEnabled)],
    [vscode.l10n.t("Routed through Gateway"), onOff(server.secureWebGateway)],
  ]);
}

export function capabilityTooltip(shown: ExposedCapability): vscode.MarkdownString {
  const { override, capability } = shown;
  const description = override?.description;
  return tooltip(shown.exposedName, shown.description, [
    [vscode.l10n.t("State"), shown.enabled ? vscode.l10n.t("Enabled") : vscode.l10n.t("Disabled")],
    [vscode.l10n.t("Name at the upstream"), shown.name],
    [vscode.l10n.t("Alias"), shown.alias],
    [
      vscode.l10n.t("Upstream's description"),
      description === undefined ? undefined : capability.description,
    ],
    [vscode.l10n.t("Parameters"), parameters(capability.source)],
    [vscode.l10n.t("Annotations"), annotations(capability.source["annotations"])],
  ]);
}

/** Everything is appended as text: names and descriptions come from machines that may be hostile. */
function tooltip(
  title: string,
  description: string | undefined,
  rows: readonly Row[],
): vscode.MarkdownString {
  const markdown = new vscode.MarkdownString();
  markdown.appendMarkdown("**").appendText(title).appendMarkdown("**");
  if (description !== undefined && description !== "") {
    markdown.appendMarkdown("\n\n").appendText(description);
  }
  markdown.appendMarkdown("\n\n---\n\n");
  for (const [label, value] of rows) {
    if (value === undefined || value === "") continue;
    markdown.appendText(`${label}: ${value}`).appendMarkdown("  \n");
  }
  return markdown;
}

function whenAndWho(when: string | undefined, who: string | undefined): string | undefined {
  if (when === undefined) return who;
  return who === undefined
    ? timeInWords(when)
    : vscode.l10n.t("{0} by {1}", timeInWords(when), who);
}

function time(value: string | undefined): string {
  return value === undefined ? vscode.l10n.t("Never") : timeInWords(value);
}

function onOff(value: boolean | undefined): string | undefined {
  if (value === undefined) return undefined;
  return value ? vscode.l10n.t("On") : vscode.l10n.t("Off");
}

/** Names of a tool's schema or of a prompt's arguments; anything may stand there. */
function parameters(source: Readonly<Record<string, unknown>>): string | undefined {
  const schema = source["inputSchema"];
  if (isRecord(schema) && isRecord(schema["properties"])) {
    return Object.keys(schema["properties"]).join(", ");
  }
  const args = source["arguments"];
  if (!Array.isArray(args)) return undefined;
  return args
    .flatMap((arg) => (isRecord(arg) && typeof arg["name"] === "string" ? [arg["name"]] : []))
    .join(", ");
}

function annotations(value: unknown): string | undefined {
  if (!isRecord(value)) return undefined;
  return Object.entries(value)
    .map(([key, entry]) => `${key}: ${JSON.stringify(entry)}`)
    .join(", ");
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
