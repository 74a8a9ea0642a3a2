import * as vscode from "vscode";
import { diagnose } from "../../model/doctor/diagnose.ts";
import type { ErrorDetails, Server } from "../../model/server/server.ts";
import { shownUrl } from "../../model/server/url.ts";
import {
  authenticationStatusInWords,
  authTypeInWords,
  statusInWords,
  timeInWords,
} from "../words.ts";
import { otherRows, type Row, tooltipOf } from "./tooltipRows.ts";

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
    ...otherRows(server.received, SHOWN),
  ]);
}

/** Keys on the wire that are shown above, or are rows of the tree. */
const SHOWN = [
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
  if (details === undefined) return [];
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
  if (authConfigSummary === undefined) return [];
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
  if (when === undefined) return who;
  return who === undefined
    ? timeInWords(when)
    : vscode.l10n.t({
        message: "{0} by {1}",
        args: [timeInWords(when), who],
        comment: ["A time, and who did it"],
      });
}

function time(value: string | undefined): string {
  return value === undefined ? vscode.l10n.t("Never") : timeInWords(value);
}

function onOff(value: boolean | undefined): string | undefined {
  if (value === undefined) return undefined;
  return value ? vscode.l10n.t("On") : vscode.l10n.t("Off");
}

function yesNo(value: boolean | undefined): string | undefined {
  if (value === undefined) return undefined;
  return value ? vscode.l10n.t("Yes") : vscode.l10n.t("No");
}
