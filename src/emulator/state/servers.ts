import type { Behaviours } from "../switches/schemas.ts";
import type { CreateServerBody, UpdateServerBody } from "../wire/bodies.ts";
import { type Authentication, authenticate, reauthenticate } from "./credentials.ts";
import { checkAliases, entries } from "./overrides.ts";
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

/** A PUT as it is seen to work: keys are merged, arrays replaced. */
export function updateServer(
  record: ServerRecord,
  body: UpdateServerBody,
  behaviours: Behaviours,
  author: Author,
): ServerRecord {
  const base: ServerRecord =
    behaviours.put === "merge" ? record : { ...record, ...REPLACED_DEFAULTS };
  const shared = body.is_shared_oauth_callback_enabled ?? base.is_shared_oauth_callback_enabled;
  const auth_type = body.auth_type ?? record.auth_type;
  const authentication: Authentication = reauthenticate(record, {
    auth_type,
    auth_credentials: body.auth_credentials,
    client_secret: body.client_secret,
    sharedCallback: shared,
  });
  const { updated_tools, updated_prompts } = body;
  const after: ServerRecord = {
    ...base,
    auth_type,
    secret: authentication.secret,
    authentication_status: authentication.authentication_status,
    auth_config_summary: authentication.auth_config_summary,
    status: auth_type === record.auth_type ? record.status : "waiting",
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

/** What answers carry of a server, but for its catalogue. Never the secret. */
function serverFields(record: ServerRecord): Record<string, unknown> {
  const { secret: _secret, tools: _tools, prompts: _prompts, ...fields } = record;
  return fields;
}

/** A server as answers carry it, with the switches applied. */
export function serverView(
  record: ServerRecord,
  behaviours: Behaviours,
  inList = false,
): Record<string, unknown> {
  const view = serverFields(record);
  for (const key of ["updated_tools", "updated_prompts"] as const) {
    if (record[key].length > 0 || behaviours.emptyOverrides === "array") {
      continue;
    }
    if (behaviours.emptyOverrides === "null") {
      view[key] = null;
    } else {
      delete view[key];
    }
  }
  if (inList && behaviours.listCatalogue === "absent") {
    return view;
  }
  view["tools"] = behaviours.nullCatalogue ? null : record.tools;
  view["prompts"] = behaviours.nullCatalogue ? null : record.prompts;
  return view;
}

const heads = new WeakMap<ServerRecord, Buffer>();
const catalogues = new WeakMap<readonly unknown[], Buffer>();

/**
 * The same as JSON text in pieces. Built once a record: pages of thousands of servers are put
 * together from kept bytes, and servers that share a catalogue share its text.
 */
export function serverBytes(
  record: ServerRecord,
  behaviours: Behaviours,
  inList = false,
): readonly Buffer[] {
  if (isSwitched(behaviours, inList)) {
    return [Buffer.from(JSON.stringify(serverView(record, behaviours, inList)))];
  }
  const head = kept(heads, record, () => JSON.stringify(serverFields(record)).slice(0, -1));
  const tools = kept(catalogues, record.tools, () => JSON.stringify(record.tools));
  const prompts = kept(catalogues, record.prompts, () => JSON.stringify(record.prompts));
  return [head, TOOLS_KEY, tools, PROMPTS_KEY, prompts, END];
}

const TOOLS_KEY = Buffer.from(',"tools":');
const PROMPTS_KEY = Buffer.from(',"prompts":');
const END = Buffer.from("}");

function isSwitched(behaviours: Behaviours, inList: boolean): boolean {
  const { nullCatalogue, emptyOverrides, listCatalogue } = behaviours;
  return nullCatalogue || emptyOverrides !== "array" || (inList && listCatalogue === "absent");
}

function kept<K extends object>(cache: WeakMap<K, Buffer>, key: K, build: () => string): Buffer {
  const known = cache.get(key);
  if (known) {
    return known;
  }
  const bytes = Buffer.from(build());
  cache.set(key, bytes);
  return bytes;
}
