import * as v from "valibot";
import { isRecord, type JsonRecord } from "../base/json.ts";
import type { Capability, CapabilityKind } from "../domain/catalogue/capability.ts";
import type { CallOptions, Listed } from "../domain/cloudflareClient.ts";
import {
  type AuthConfigSummary,
  type ErrorDetails,
  type NewServer,
  type Server,
  type ServerPatch,
  type SyncOutcome,
  withShownUrls,
} from "../domain/servers/server.ts";
import { lookForCreated, lookForGone } from "./lostWrites.ts";
import { listAll } from "./pagination.ts";
import {
  lenientBoolean,
  lenientNumber,
  lenientString,
  parse,
  parseEntries,
  partition,
  type TryParsed,
  tryParse,
  withResponseContext,
  wrongShape,
} from "./parse.ts";
import { type Call, pathOf, type Transport } from "./transport/call.ts";

/** The most that the API gives a page. */
const perPage = 100;
/** A sync asks the upstream while we wait. */
const syncMs = 120_000;

/** Where servers and portals of one account live. */
export interface Place {
  readonly transport: Transport;
  /** `/accounts/{id}/access/ai-controls/mcp`. */
  readonly base: string;
}

export async function listServers(
  { transport, base }: Place,
  { search, ...options }: CallOptions & { readonly search?: string } = {},
): Promise<Listed<Server>> {
  const items = await listAll<TryParsed<Server>>({
    transport,
    call: { ...options, path: `${base}/servers`, ...(search ? { query: { search } } : {}) },
    perPage,
    subject: "the list of servers",
    read: (value, place) =>
      tryParse(value, () => parseServer(value, subjectOf("server", value, place))),
  });
  return partition(items);
}

export async function getServer(
  place: Place,
  id: string,
  options: CallOptions = {},
): Promise<Server> {
  return answered(place, { ...options, path: pathTo(place, id), method: "GET", repeat: "safe" });
}

/** Repeated only after a look that didn't find it: a second POST could meet the first's server. */
export async function createServer(
  place: Place,
  server: NewServer,
  options: CallOptions = {},
): Promise<Server> {
  const call: Call = { ...options, path: pathTo(place, server.id), method: "GET", repeat: "safe" };
  return answered(place, {
    ...options,
    path: `${place.base}/servers`,
    method: "POST",
    body: server,
    repeat: { look: lookForCreated(place.transport, call, server) },
  });
}

export async function updateServer(
  place: Place,
  id: string,
  patch: ServerPatch,
  options: CallOptions = {},
): Promise<Server> {
  const path = pathTo(place, id);
  return answered(place, { ...options, path, method: "PUT", body: patch, repeat: "never" });
}

export async function deleteServer(
  { transport, base }: Place,
  id: string,
  options: CallOptions = {},
): Promise<void> {
  const path = pathTo({ base }, id);
  const call: Call = { ...options, path, method: "GET", repeat: "safe" };
  const repeat = { look: lookForGone(transport, call) };
  await transport.request({ ...options, path, method: "DELETE", repeat });
}

/** A failed sync is an answer: it comes with `success: false` and a status. */
export async function syncServer(
  place: Place,
  id: string,
  options: CallOptions = {},
): Promise<SyncOutcome> {
  const envelope = await place.transport.request({
    ...options,
    method: "POST",
    path: `${pathTo(place, id)}${pathOf("sync")}`,
    repeat: "safe",
    headersMs: syncMs,
    accepts: (result) => isRecord(result) && typeof result["status"] === "string",
  });
  return withResponseContext(envelope, () =>
    parseSyncOutcome(envelope.result, subjectOf("server", { id })),
  );
}

async function answered({ transport }: Place, call: Call): Promise<Server> {
  const envelope = await transport.request(call);
  return withResponseContext(envelope, () => parseServer(envelope.result));
}

function pathTo({ base }: Pick<Place, "base">, id: string): string {
  return `${base}/servers${pathOf(id)}`;
}

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
export function parseServer(value: unknown, subject = subjectOf("server", value)): Server {
  const received = recordOf(value, subject);
  const wire = parse(serverWire, received, subject);
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
    tools: parseCatalogue("tool", wire.tools, subject, "tools"),
    prompts: parseCatalogue("prompt", wire.prompts, subject, "prompts"),
    toolOverrides: parseEntries(wire.updated_tools, overrideFields, subject, "updated_tools"),
    promptOverrides: parseEntries(wire.updated_prompts, overrideFields, subject, "updated_prompts"),
    received,
  };
}

function parseSyncOutcome(value: unknown, subject: string): SyncOutcome {
  const wire = parse(syncWire, value, subject);
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

const text = v.nullish(v.string());
const flag = v.nullish(v.boolean());
const object = v.fallback(v.nullish(v.custom<object>(isRecord)), undefined);
/** Only that it is a list: what is in it is read by hand. */
const list = v.nullish(v.custom<readonly unknown[]>(Array.isArray));

const errorDetailsWire = v.fallback(
  v.nullish(
    v.object({
      cause: lenientString,
      is_upstream: lenientBoolean,
      mcp_code: lenientNumber,
      retryable: lenientBoolean,
      status_code: lenientNumber,
    }),
  ),
  undefined,
);

const authConfigSummaryWire = v.fallback(
  v.nullish(
    v.object({
      auth_mode: lenientString,
      client_secret_version: lenientNumber,
      has_client_secret: lenientBoolean,
      config: object,
      registration_info: object,
    }),
  ),
  undefined,
);

/**
 * A server as the API sends it. Strict where a decision or a write stands on it, lenient where a
 * value is only shown. Every optional field has been seen absent and as `null`.
 */
export const serverWire = v.object({
  id: v.pipe(v.string(), v.nonEmpty()),
  name: v.string(),
  hostname: v.string(),
  auth_type: v.string(),
  description: text,
  status: text,
  error: lenientString,
  error_details: errorDetailsWire,
  authentication_status: lenientString,
  auth_config_summary: authConfigSummaryWire,
  secure_web_gateway: flag,
  is_shared_oauth_callback_enabled: flag,
  created_at: lenientString,
  created_by: lenientString,
  modified_at: lenientString,
  modified_by: lenientString,
  last_synced: lenientString,
  last_successful_sync: lenientString,
  tools: list,
  prompts: list,
  updated_tools: list,
  updated_prompts: list,
});

/** What a sync answers: no server, whatever the documentation says. */
export const syncWire = v.object({
  status: text,
  error: lenientString,
  error_details: errorDetailsWire,
});

type ErrorDetailsWire = v.InferOutput<typeof errorDetailsWire>;
type AuthConfigSummaryWire = v.InferOutput<typeof authConfigSummaryWire>;

const none: readonly Capability[] = Object.freeze([]);

/**
 * A synced catalogue. What has no name can't be shown or overridden and is passed over; of two with
 * one name the first counts. By hand, since an account has tens of thousands of these and a schema
 * library would copy each.
 */
function parseCatalogue(
  kind: CapabilityKind,
  items: unknown,
  subject: string,
  field: string,
): readonly Capability[] {
  if (items === null || items === undefined) {
    return none;
  }
  if (!Array.isArray(items)) {
    throw wrongShape(subject, field);
  }
  const seen = new Set<string>();
  const kept: Capability[] = [];
  for (const source of items as readonly unknown[]) {
    if (isRecord(source) && typeof source["name"] === "string" && !seen.has(source["name"])) {
      const { name, description } = source;
      seen.add(name);
      kept.push({
        kind,
        name,
        description: typeof description === "string" ? description : undefined,
        source,
      });
    }
  }
  return kept;
}
