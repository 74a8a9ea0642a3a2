import type { Behaviours } from "../switches/schemas.ts";
import type { CreateServerBody, UpdateServerBody } from "../wire/bodies.ts";
import { type Authentication, authenticate, reauthenticate } from "./credentials.ts";
import { checkAliases, entries, type OverrideKey } from "./overrides.ts";
import type { ServerRecord } from "./records.ts";

export interface Author {
  readonly by: string;
  readonly at: string;
}

export function createServer(body: CreateServerBody, author: Author): ServerRecord {
  const shared = body.is_shared_oauth_callback_enabled ?? false;
  const record: ServerRecord = {
    id: body.id,
    name: body.name,
    description: body.description ?? null,
    hostname: body.hostname,
    auth_type: body.auth_type,
    ...authenticate({
      auth_type: body.auth_type,
      auth_credentials: body.auth_credentials,
      client_secret: body.client_secret,
      sharedCallback: shared,
    }),
    status: "waiting",
    is_shared_oauth_callback_enabled: shared,
    secure_web_gateway: body.secure_web_gateway ?? false,
    created_at: author.at,
    created_by: author.by,
    modified_at: author.at,
    modified_by: author.by,
    tools: [],
    prompts: [],
    updated_tools: entries(body.updated_tools ?? []),
    updated_prompts: entries(body.updated_prompts ?? []),
  };
  checkAliases(record, ["updated_tools", "updated_prompts"]);
  return record;
}

const REPLACED_DEFAULTS = {
  description: null,
  is_shared_oauth_callback_enabled: false,
  secure_web_gateway: false,
  updated_tools: [],
  updated_prompts: [],
} as const;

/** Applies a PUT as the real API has been seen to: keys are merged, and arrays are replaced. */
export function updateServer(
  record: ServerRecord,
  body: UpdateServerBody,
  behaviours: Behaviours,
  author: Author,
): ServerRecord {
  const base: ServerRecord =
    behaviours.put === "merge" ? record : { ...record, ...REPLACED_DEFAULTS };
  const shared = body.is_shared_oauth_callback_enabled ?? base.is_shared_oauth_callback_enabled;
  const authType = body.auth_type ?? record.auth_type;
  const authentication: Authentication = reauthenticate(record, {
    auth_type: authType,
    auth_credentials: body.auth_credentials,
    client_secret: body.client_secret,
    sharedCallback: shared,
  });
  const { updated_tools, updated_prompts } = body;
  const after: ServerRecord = {
    ...base,
    auth_type: authType,
    secret: authentication.secret,
    authentication_status: authentication.authentication_status,
    auth_config_summary: authentication.auth_config_summary,
    status: authType === record.auth_type ? record.status : "waiting",
    name: body.name ?? base.name,
    description: body.description === undefined ? base.description : body.description,
    is_shared_oauth_callback_enabled: shared,
    secure_web_gateway: body.secure_web_gateway ?? base.secure_web_gateway,
    updated_tools: updated_tools ? entries(updated_tools) : base.updated_tools,
    updated_prompts: updated_prompts ? entries(updated_prompts) : base.updated_prompts,
    modified_at: behaviours.modifiedAtStandsStill ? record.modified_at : author.at,
    modified_by: author.by,
  };
  const sent = (["updated_tools", "updated_prompts"] as const).filter((key) => body[key]);
  checkAliases(after, sent);
  return after;
}

/** The fields of a server in an answer, without its catalogue. Never contains the secret. */
function serverFields(record: ServerRecord): Record<string, unknown> {
  const { secret: _secret, tools: _tools, prompts: _prompts, ...fields } = record;
  return fields;
}

/** A server in the form of an answer, with the switches applied. */
export function serverView(
  record: ServerRecord,
  behaviours: Behaviours,
  inList = false,
): Record<string, unknown> {
  const { updated_tools, updated_prompts, ...fields } = serverFields(record);
  const view = withOverrides(withAuthentication(fields, record, behaviours), behaviours, {
    updated_tools: record.updated_tools,
    updated_prompts: record.updated_prompts,
  });
  if (inList && behaviours.listCatalogue === "absent") {
    return view;
  }
  const isNull = behaviours.nullCatalogue || isNeverAuthorised(record);
  return {
    ...view,
    tools: isNull ? null : record.tools,
    prompts: isNull ? null : record.prompts,
  };
}

/** Adds overrides to a view. A switch decides how empty lists are shown. */
export function withOverrides(
  view: Readonly<Record<string, unknown>>,
  { emptyOverrides }: Behaviours,
  overrides: Readonly<Record<OverrideKey, readonly unknown[]>>,
): Record<string, unknown> {
  const read = Object.entries(overrides).flatMap(([key, list]): [string, unknown][] => {
    if (list.length > 0 || emptyOverrides === "array") {
      return [[key, list]];
    }
    return emptyOverrides === "null" ? [[key, null]] : [];
  });
  return { ...view, ...Object.fromEntries(read) };
}

function withAuthentication(
  fields: Record<string, unknown>,
  { auth_type }: ServerRecord,
  { bearerStatus }: Behaviours,
): Record<string, unknown> {
  if (auth_type !== "bearer" || bearerStatus === "not_required") {
    return fields;
  }
  const { authentication_status: _status, ...rest } = fields;
  return bearerStatus === "absent" ? rest : { ...rest, authentication_status: bearerStatus };
}

/**
 * Seen on the real API: a server with manual OAuth has no catalogue until its first user signs in.
 */
function isNeverAuthorised({ secret, last_successful_sync, tools, prompts }: ServerRecord) {
  const isEmpty = tools.length === 0 && prompts.length === 0;
  return secret.kind === "manual" && last_successful_sync === undefined && isEmpty;
}

const headOf = kept((record: ServerRecord) => JSON.stringify(serverFields(record)).slice(0, -1));
const textOf = kept((items: readonly unknown[]) => JSON.stringify(items));

/**
 * The same as JSON text in pieces, built once for each record. Pages of thousands of servers are
 * assembled from kept bytes, and servers with the same catalogue share its text.
 */
export function serverBytes(
  record: ServerRecord,
  behaviours: Behaviours,
  inList = false,
): readonly Buffer[] {
  if (isSwitched(record, behaviours, inList)) {
    return [Buffer.from(JSON.stringify(serverView(record, behaviours, inList)))];
  }
  return [
    headOf(record),
    TOOLS_KEY,
    textOf(record.tools),
    PROMPTS_KEY,
    textOf(record.prompts),
    END,
  ];
}

/**
 * A view with the server's catalogue as JSON text in pieces. The catalogue comes from kept bytes.
 */
export function viewBytes(
  view: Readonly<Record<string, unknown>>,
  record: ServerRecord,
): readonly Buffer[] {
  if (view["tools"] !== record.tools || view["prompts"] !== record.prompts) {
    return [Buffer.from(JSON.stringify(view))];
  }
  const { tools, prompts, ...rest } = view;
  const head = Buffer.from(JSON.stringify(rest).slice(0, -1));
  return [head, TOOLS_KEY, textOf(record.tools), PROMPTS_KEY, textOf(record.prompts), END];
}

const TOOLS_KEY = Buffer.from(',"tools":');
const PROMPTS_KEY = Buffer.from(',"prompts":');
const END = Buffer.from("}");

function isSwitched(record: ServerRecord, behaviours: Behaviours, inList: boolean): boolean {
  const { nullCatalogue, emptyOverrides, listCatalogue, bearerStatus } = behaviours;
  return (
    nullCatalogue ||
    emptyOverrides !== "array" ||
    (inList && listCatalogue === "absent") ||
    (record.auth_type === "bearer" && bearerStatus !== "not_required") ||
    isNeverAuthorised(record)
  );
}

/** Keeps the bytes for as long as the object that they were built from. */
function kept<K extends object>(build: (key: K) => string): (key: K) => Buffer {
  const known = new WeakMap<K, Buffer>();
  return (key) => {
    const bytes = known.get(key) ?? Buffer.from(build(key));
    known.set(key, bytes);
    return bytes;
  };
}
