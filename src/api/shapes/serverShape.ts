import { isRecord, type JsonRecord } from "../../model/record.ts";
import type {
  AuthConfigSummary,
  ErrorDetails,
  Server,
  SyncOutcome,
} from "../../model/server/server.ts";
import { withShownUrls } from "../../model/server/url.ts";
import { readEntries } from "../lists/entries.ts";
import { readCatalogue } from "./catalogue.ts";
import {
  type AuthConfigSummaryWire,
  type ErrorDetailsWire,
  serverWire,
  syncWire,
} from "./serverWire.ts";
import { shaped, wrongShape } from "./shape.ts";

const overrideFields = {
  alias: "string",
  description: "string",
  enabled: "boolean",
} as const;

/** How messages call something: by its id, or by its place (from 1) where it has none. */
export function subjectOf(noun: string, value: unknown, place?: number): string {
  const id = isRecord(value) ? value["id"] : undefined;
  if (typeof id === "string" && id !== "") {
    return `${noun} "${id.slice(0, 64)}"`;
  }
  return place === undefined ? noun : `${noun} ${place}`;
}

/** A server out of an answer. Throws `wrongShape`, whose subject says what of which server. */
export function readServer(value: unknown, subject = subjectOf("server", value)): Server {
  const received = recordOf(value, subject);
  const wire = shaped(serverWire, received, subject);
  return {
    id: wire.id,
    name: wire.name,
    description: wire.description ?? undefined,
    hostname: wire.hostname,
    authType: wire.auth_type,
    authenticationStatus: wire.authentication_status ?? undefined,
    authConfigSummary: summaryOf(wire.auth_config_summary),
    status: wire.status ?? "waiting",
    error: shownText(wire.error),
    errorDetails: detailsOf(wire.error_details),
    secureWebGateway: wire.secure_web_gateway ?? undefined,
    isSharedOauthCallbackEnabled: wire.is_shared_oauth_callback_enabled ?? undefined,
    createdAt: wire.created_at ?? undefined,
    createdBy: wire.created_by ?? undefined,
    modifiedAt: wire.modified_at ?? undefined,
    modifiedBy: wire.modified_by ?? undefined,
    lastSynced: wire.last_synced ?? undefined,
    lastSuccessfulSync: wire.last_successful_sync ?? undefined,
    tools: readCatalogue("tool", wire.tools, subject, "tools"),
    prompts: readCatalogue("prompt", wire.prompts, subject, "prompts"),
    toolOverrides: readEntries(wire.updated_tools, overrideFields, subject, "updated_tools"),
    promptOverrides: readEntries(wire.updated_prompts, overrideFields, subject, "updated_prompts"),
    received,
  };
}

export function readSyncOutcome(value: unknown, subject: string): SyncOutcome {
  const wire = shaped(syncWire, value, subject);
  return {
    status: wire.status ?? undefined,
    error: shownText(wire.error),
    errorDetails: detailsOf(wire.error_details),
  };
}

export function recordOf(value: unknown, subject: string): JsonRecord {
  if (!isRecord(value)) {
    throw wrongShape(subject, undefined);
  }
  return value;
}

/** An upstream's failure may quote its URL, with the password that is in it. */
function shownText(text: string | null | undefined): string | undefined {
  return text === null || text === undefined ? undefined : withShownUrls(text);
}

function detailsOf(wire: ErrorDetailsWire): ErrorDetails | undefined {
  return wire === null || wire === undefined
    ? undefined
    : {
        cause: shownText(wire.cause),
        isUpstream: wire.is_upstream ?? undefined,
        mcpCode: wire.mcp_code ?? undefined,
        retryable: wire.retryable ?? undefined,
        statusCode: wire.status_code ?? undefined,
      };
}

function summaryOf(wire: AuthConfigSummaryWire): AuthConfigSummary | undefined {
  return wire === null || wire === undefined
    ? undefined
    : {
        authMode: wire.auth_mode ?? undefined,
        hasClientSecret: wire.has_client_secret ?? undefined,
        clientSecretVersion: wire.client_secret_version ?? undefined,
        config: isRecord(wire.config) ? wire.config : undefined,
        registrationInfo: isRecord(wire.registration_info) ? wire.registration_info : undefined,
      };
}
