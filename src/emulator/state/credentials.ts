import { invalid } from "../wire/answers.ts";
import { type ManualCredentials, manualCredentials } from "../wire/bodies.ts";
import { check } from "../wire/validation.ts";
import type { AuthConfigSummary, Secret, ServerRecord } from "./records.ts";

/** The fields that depend on a credential. */
export type Authentication = Pick<
  ServerRecord,
  "secret" | "authentication_status" | "auth_config_summary"
>;

export interface CredentialInput {
  readonly auth_type: ServerRecord["auth_type"];
  readonly auth_credentials: string | undefined;
  readonly client_secret: string | undefined;
  readonly sharedCallback: boolean;
}

/** The fields after the first credential, or after a change of `auth_type`. */
export function authenticate(input: CredentialInput): Authentication {
  if (input.auth_type === "unauthenticated") {
    return nothing("not_required");
  }
  if (input.auth_type === "bearer") {
    return bearer(input.auth_credentials);
  }
  if (input.auth_credentials === undefined) {
    return nothing("required");
  }
  return manual(input, undefined);
}

/** The fields after a write to a server that has a credential. Values that were left out stay. */
export function reauthenticate(record: ServerRecord, input: CredentialInput): Authentication {
  if (input.auth_type !== record.auth_type) {
    return authenticate(input);
  }
  if (input.auth_credentials === undefined) {
    return withSecret(record, input.client_secret);
  }
  if (input.auth_type === "bearer") {
    return bearer(input.auth_credentials);
  }
  return input.auth_type === "oauth" ? manual(input, record) : record;
}

function nothing(status: Authentication["authentication_status"]): Authentication {
  return { secret: { kind: "none" }, authentication_status: status, auth_config_summary: null };
}

function bearer(credentials: string | undefined): Authentication {
  const secret: Secret =
    credentials === undefined ? { kind: "none" } : { kind: "bearer", credentials };
  return { secret, authentication_status: "not_required", auth_config_summary: null };
}

function withSecret(record: ServerRecord, clientSecret: string | undefined): Authentication {
  const summary = record.auth_config_summary;
  if (clientSecret === undefined || summary === null || record.secret.kind !== "manual") {
    return record;
  }
  if (clientSecret === "") {
    throw missingSecret();
  }
  return {
    secret: { kind: "manual", clientSecret },
    authentication_status: "manual",
    auth_config_summary: {
      ...summary,
      has_client_secret: true,
      client_secret_version: summary.client_secret_version + 1,
    },
  };
}

function manual(input: CredentialInput, before: ServerRecord | undefined): Authentication {
  const parsed = parseManual(input.auth_credentials ?? "");
  const uris = parsed.registration_info.redirect_uris ?? [];
  if (uris.length === 0 && !input.sharedCallback) {
    throw invalid("redirect_uris must contain at least one URI", ["body", "auth_credentials"]);
  }
  const stored = before?.secret.kind === "manual" ? before.secret.clientSecret : undefined;
  const clientSecret = input.client_secret ?? stored;
  const isPublic = parsed.registration_info.token_endpoint_auth_method === "none";
  if (!clientSecret && !isPublic) {
    throw missingSecret();
  }
  const version = before?.auth_config_summary?.client_secret_version ?? 0;
  const moved = input.client_secret === undefined ? version : version + 1;
  return {
    secret: { kind: "manual", ...(clientSecret ? { clientSecret } : {}) },
    authentication_status: "manual",
    auth_config_summary: summarise(parsed, clientSecret !== undefined, moved),
  };
}

function parseManual(text: string): ManualCredentials {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw invalid("auth_credentials must be a JSON string", ["body", "auth_credentials"]);
  }
  return check(manualCredentials, value, "body");
}

function summarise(
  credentials: ManualCredentials,
  hasSecret: boolean,
  version: number,
): AuthConfigSummary {
  const config = Object.entries(credentials.config).flatMap(([key, value]) =>
    value === undefined ? [] : [[key, value] as const],
  );
  return {
    auth_mode: "manual",
    has_client_secret: hasSecret,
    client_secret_version: version,
    config: Object.fromEntries(config),
    registration_info: { ...credentials.registration_info },
  };
}

function missingSecret() {
  return invalid("client_secret must be a non-empty string", ["body", "client_secret"]);
}
