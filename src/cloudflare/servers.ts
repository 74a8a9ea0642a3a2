import * as v from "valibot";
import { isRecord, type JsonRecord } from "../base/json.ts";
import type { CallOptions, CloudflareClient } from "../domain/cloudflareClient.ts";
import {
  type AuthConfigSummary,
  type ErrorDetails,
  type Server,
  type SyncResponse,
  shownUrl,
  withShownUrls,
} from "../domain/servers/server.ts";
import { Catalogues } from "./catalogues.ts";
import { lookForCreated, lookForGone } from "./lostWrites.ts";
import { listAll, type PageSizes } from "./pagination.ts";
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

/** The largest page that the API gives. */
const PER_PAGE = 100;
/** Milliseconds that a sync may take, because Cloudflare calls the upstream meanwhile. */
const SYNC_MS = 120_000;

/** The root of one account's servers and portals. */
export interface ResourceRoot {
  readonly transport: Transport;
  readonly pageSizes: PageSizes;
  readonly catalogues: Catalogues;
  /**
   * `/accounts/{id}/access/ai-controls/mcp`. Throws an ApiError for an account id that can't stand
   * in a path.
   */
  readonly path: string;
}

type ServersClient = Pick<
  CloudflareClient,
  "listServers" | "readServer" | "createServer" | "updateServer" | "deleteServer" | "syncServer"
>;

/** The part of the port that is about servers. */
export function createServersClient(root: ResourceRoot): ServersClient {
  const { transport, pageSizes, catalogues } = root;
  const pathTo = (id: string) => `${root.path}/servers${pathOf(id)}`;
  const reading = (id: string, options: CallOptions): Call => ({
    ...options,
    path: pathTo(id),
    method: "GET",
    repeat: "safe",
  });
  const request = async (call: Call): Promise<Server> => {
    const envelope = await transport.request(call);
    return withResponseContext(envelope, () =>
      parseServer(envelope.result, subjectOf("server", envelope.result), catalogues),
    );
  };
  return {
    async listServers({ search, expected, ...options } = {}) {
      const items = await listAll<TryParsed<Server>>({
        transport,
        pageSizes,
        call: {
          ...options,
          path: `${root.path}/servers`,
          ...(search ? { query: { search } } : {}),
        },
        perPage: PER_PAGE,
        expected,
        subject: "the list of servers",
        parse: (value, place) =>
          tryParse(value, () => parseServer(value, subjectOf("server", value, place), catalogues)),
      });
      const listed = partition(items);
      if (!search) {
        catalogues.keepOnly(listed.items.map(({ id }) => id));
      }
      return listed;
    },

    async readServer(id, options = {}) {
      return request(reading(id, options));
    },

    /**
     * A failed POST is repeated only when a read shows that it didn't create the server. A second
     * POST could otherwise collide with the first one's server.
     */
    async createServer(server, options = {}) {
      return request({
        ...options,
        path: `${root.path}/servers`,
        method: "POST",
        body: server,
        repeat: {
          look: lookForCreated(transport, reading(server.id, options), {
            id: server.id,
            name: server.name,
            hostname: server.hostname,
            auth_type: server.auth_type,
          }),
        },
      });
    },

    async updateServer(id, patch, options = {}) {
      return request({
        ...options,
        path: pathTo(id),
        method: "PUT",
        body: patch,
        repeat: "never",
      });
    },

    async deleteServer(id, options = {}) {
      const repeat = { look: lookForGone(transport, reading(id, options)) };
      await transport.request({ ...options, path: pathTo(id), method: "DELETE", repeat });
    },

    /** A failed sync is a regular answer, with `success: false` and a status. */
    async syncServer(id, options = {}) {
      const envelope = await transport.request({
        ...options,
        method: "POST",
        path: `${pathTo(id)}${pathOf("sync")}`,
        repeat: "safe",
        headersMs: SYNC_MS,
        accepts: (result) => isRecord(result) && typeof result["status"] === "string",
      });
      return withResponseContext(envelope, () =>
        parseSyncResponse(envelope.result, subjectOf("server", { id })),
      );
    },
  };
}

const OVERRIDE_FIELDS = {
  alias: "string",
  description: "string",
  enabled: "boolean",
} as const;

/** The name of a thing in messages: its id, or its place, from 1, where it has none. */
export function subjectOf(noun: string, value: unknown, place?: number): string {
  const id = isRecord(value) ? value["id"] : undefined;
  if (typeof id === "string" && id !== "") {
    return `${noun} "${id.slice(0, 64)}"`;
  }
  return place === undefined ? noun : `${noun} ${place}`;
}

/** Parses a server. Throws `wrongShape`, whose subject names the server and the field. */
export function parseServer(
  value: unknown,
  subject = subjectOf("server", value),
  catalogues = new Catalogues(),
): Server {
  const received = recordOf(value, subject);
  const wire = parse(SERVER_WIRE, received, subject);
  const asked = { serverId: wire.id, subject };
  const tools = catalogues.ofServer({ ...asked, kind: "tool", sent: wire.tools });
  const prompts = catalogues.ofServer({ ...asked, kind: "prompt", sent: wire.prompts });
  catalogues.noteServerKeys(received);
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
    tools: tools.value,
    prompts: prompts.value,
    toolOverrides: parseEntries(wire.updated_tools, OVERRIDE_FIELDS, subject, "updated_tools"),
    promptOverrides: parseEntries(
      wire.updated_prompts,
      OVERRIDE_FIELDS,
      subject,
      "updated_prompts",
    ),
    received: withShared(received, { tools: tools.sent, prompts: prompts.sent }),
  };
}

/** The answer with lists that came before in place of equal ones; the same object without any. */
export function withShared(received: JsonRecord, shared: JsonRecord): JsonRecord {
  const other = Object.entries(shared).filter(([key, value]) => received[key] !== value);
  return other.length === 0 ? received : { ...received, ...Object.fromEntries(other) };
}

function parseSyncResponse(value: unknown, subject: string): SyncResponse {
  const wire = parse(SYNC_WIRE, value, subject);
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

/** Removes secrets, because an upstream's error may quote its URL with a password. */
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
        config: shownPart(wire.config, SHOWN_CONFIG),
        registrationInfo: shownPart(wire.registration_info, SHOWN_REGISTRATION),
      };
}

const SHOWN_CONFIG = [
  "authorization_endpoint",
  "issuer",
  "resource",
  "revocation_endpoint",
  "token_endpoint",
];
const SHOWN_REGISTRATION = ["client_id", "redirect_uris", "scope", "token_endpoint_auth_method"];

/** The documented keys, which may be shown and stored, without the secrets in their URLs. */
function shownPart(value: unknown, keys: readonly string[]): JsonRecord | undefined {
  if (!isRecord(value)) {
    return undefined;
  }
  return Object.fromEntries(
    keys.flatMap((key) => {
      const shown = shownValue(value[key]);
      return shown === undefined ? [] : [[key, shown]];
    }),
  );
}

function shownValue(value: unknown): string | readonly string[] | undefined {
  if (typeof value === "string") {
    return URL.canParse(value) ? shownUrl(value) : withShownUrls(value);
  }
  return Array.isArray(value)
    ? value.flatMap((each: unknown) => (typeof each === "string" ? [shownUrl(each)] : []))
    : undefined;
}

const TEXT = v.nullish(v.string());
const FLAG = v.nullish(v.boolean());
const OBJECT = v.fallback(v.nullish(v.custom<object>(isRecord)), undefined);
/** Checks only that it is a list. `parseCatalogue` and `parseEntries` read the entries. */
const LIST = v.nullish(v.custom<readonly unknown[]>(Array.isArray));

const ERROR_DETAILS_WIRE = v.fallback(
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

const AUTH_CONFIG_SUMMARY_WIRE = v.fallback(
  v.nullish(
    v.object({
      auth_mode: lenientString,
      client_secret_version: lenientNumber,
      has_client_secret: lenientBoolean,
      config: OBJECT,
      registration_info: OBJECT,
    }),
  ),
  undefined,
);

/**
 * A server as the API sends it. Fields that a decision or a write depends on are strict; fields
 * that are only shown are lenient. Every optional field has been seen absent and as null.
 */
export const SERVER_WIRE = v.object({
  id: v.pipe(v.string(), v.nonEmpty()),
  name: v.string(),
  hostname: v.string(),
  auth_type: v.string(),
  description: TEXT,
  status: TEXT,
  error: lenientString,
  error_details: ERROR_DETAILS_WIRE,
  authentication_status: lenientString,
  auth_config_summary: AUTH_CONFIG_SUMMARY_WIRE,
  secure_web_gateway: FLAG,
  is_shared_oauth_callback_enabled: FLAG,
  created_at: lenientString,
  created_by: lenientString,
  modified_at: lenientString,
  modified_by: lenientString,
  last_synced: lenientString,
  last_successful_sync: lenientString,
  tools: LIST,
  prompts: LIST,
  updated_tools: LIST,
  updated_prompts: LIST,
});

/** The answer to a sync. It isn't a server, although the documentation says so. */
export const SYNC_WIRE = v.object({
  status: TEXT,
  error: lenientString,
  error_details: ERROR_DETAILS_WIRE,
});

type ErrorDetailsWire = v.InferOutput<typeof ERROR_DETAILS_WIRE>;
type AuthConfigSummaryWire = v.InferOutput<typeof AUTH_CONFIG_SUMMARY_WIRE>;
