import assert from "node:assert/strict";
import type { PortalReadResponse } from "cloudflare/resources/zero-trust/access/ai-controls/mcp/portals";
import type {
  ServerReadResponse,
  ServerSyncResponse,
} from "cloudflare/resources/zero-trust/access/ai-controls/mcp/servers";
import * as z from "zod";
import { Connector } from "../../../src/cloudflare/connect.ts";
import { call, emulatorForAll, list, object } from "./support/calling.ts";

/**
 * One schema for each field, of the SDK's type. An extra field or a field of another type doesn't
 * compile.
 */
type Fields<T> = { readonly [K in keyof Required<T>]: z.ZodType<Loose<Exclude<T[K], undefined>>> };

/** A field that may be absent may also be undefined, because schemas can't tell these apart. */
type Loose<T> = T extends readonly (infer Item)[]
  ? Loose<Item>[]
  : T extends object
    ? {
        [K in keyof T]: Loose<T[K]> | (Record<never, never> extends Pick<T, K> ? undefined : never);
      }
    : T;

const text = z.string();
const time = z.iso.datetime();
const items = z.array(z.record(z.string(), z.unknown()));
const status = z.enum(["waiting", "ready", "stale", "error"]);
const details = z
  .strictObject({
    cause: text,
    is_upstream: z.boolean(),
    mcp_code: z.number(),
    retryable: z.boolean(),
    status_code: z.number(),
  } satisfies Fields<NonNullable<ServerReadResponse["error_details"]>>)
  .partial();
const override = { name: text, alias: text, description: text, enabled: z.boolean() };
const overrides = z.array(z.strictObject(override).partial().required({ name: true }));
const endpoints = { authorization_endpoint: text, issuer: text, resource: text };
const summary = z
  .strictObject({
    auth_mode: z.enum(["dcr", "manual"]),
    client_secret_version: z.number(),
    has_client_secret: z.boolean(),
    config: z
      .strictObject({ ...endpoints, revocation_endpoint: text, token_endpoint: text })
      .partial(),
    registration_info: z
      .strictObject({
        client_id: text,
        redirect_uris: z.array(text),
        scope: text,
        token_endpoint_auth_method: text,
      })
      .partial(),
  })
  .partial();

const serverFields = {
  id: text,
  auth_type: z.enum(["oauth", "bearer", "unauthenticated"]),
  hostname: z.url(),
  name: text,
  prompts: items,
  tools: items,
  auth_config_summary: summary,
  authentication_status: z.enum(["not_required", "required", "connected", "stale", "manual"]),
  created_at: time,
  created_by: text,
  description: text.nullable(),
  error: text,
  error_details: details,
  is_shared_oauth_callback_enabled: z.boolean(),
  last_successful_sync: time,
  last_synced: time,
  modified_at: time,
  modified_by: text,
  secure_web_gateway: z.boolean(),
  status,
  updated_prompts: overrides,
  updated_tools: overrides,
};
serverFields satisfies Fields<ServerReadResponse>;
const needed = {
  id: true,
  auth_type: true,
  hostname: true,
  name: true,
  prompts: true,
  tools: true,
} as const;
const serverSchema = z.strictObject(serverFields).partial().required(needed);

const syncSchema = z
  .strictObject({
    error: text,
    error_details: details,
    status,
  } satisfies Fields<ServerSyncResponse>)
  .partial();

const layers = { portal_alias: text, portal_description: text, server_alias: text };
const layered = z.array(
  z
    .strictObject({ name: text, enabled: z.boolean(), ...layers, server_description: text })
    .partial()
    .required({ name: true }),
);
const attachedFields = {
  ...serverFields,
  server_id: text,
  default_disabled: z.boolean(),
  on_behalf: z.boolean(),
  updated_prompts: layered,
  updated_tools: layered,
};
attachedFields satisfies Fields<PortalReadResponse["servers"][number]>;
const attachedSchema = z
  .strictObject(attachedFields)
  .partial()
  .required({ ...needed, server_id: true });
const portalFields = {
  id: text,
  hostname: text,
  name: text,
  servers: z.array(z.unknown()),
  allow_code_mode: z.boolean(),
  code_mode: z.enum(["off", "opt_in", "default_on", "enforced"]),
  created_at: time,
  created_by: text,
  description: text,
  modified_at: time,
  modified_by: text,
  secure_web_gateway: z.boolean(),
};
portalFields satisfies Fields<Omit<PortalReadResponse, "servers"> & { servers: unknown[] }>;
const portalSchema = z.strictObject(portalFields).partial({ description: true });

describe("emulator: its answers, field by field", () => {
  const emulator = emulatorForAll({ seed: "demo" });

  it("are servers as the SDK's types say", async () => {
    const { body } = await call(emulator(), "GET", "/servers");
    for (const server of list(body["result"])) {
      serverSchema.parse(withoutNullSummary(server));
    }
  });

  it("are syncs as the SDK's types say", async () => {
    for (const id of ["shop", "wiki", "database", "calendar", "crm"]) {
      const { body } = await call(emulator(), "POST", `/servers/${id}/sync`);
      syncSchema.parse(body["result"]);
    }
  });

  it("are portals as the SDK's types say", async () => {
    const { body } = await call(emulator(), "GET", "/portals");
    for (const portal of list(body["result"])) {
      portalSchema.parse(portal);
      for (const server of list(object(portal)["servers"])) {
        attachedSchema.parse(withoutNullSummary(server));
      }
    }
  });

  it("are understood by the extension's own client to the last field", async () => {
    const { url, token, accountId } = emulator();
    const connection = new Connector().connect({
      apiRoot: url,
      credential: { kind: "token", token },
      userAgent: "test",
    });
    const client = connection.client(accountId);
    const { body } = await call(emulator(), "GET", "/servers");
    const servers = await client.listServers();
    assert.deepEqual(servers.rejected, []);
    assert.deepEqual(
      servers.items.map(({ received }) => received),
      body["result"],
    );
    const portals = await client.listPortals();
    assert.deepEqual(portals.rejected, []);
    assert.deepEqual(
      portals.items.map(({ id }) => id),
      ["engineering", "support"],
    );
    assert.deepEqual(
      (await connection.accounts.listAccounts()).map(({ id }) => id),
      [accountId],
    );
    await connection.close();
  });
});

/** Seen as null on the real API, against the SDK's types. */
function withoutNullSummary(server: unknown): object {
  const { auth_config_summary, ...rest } = object(server);
  return auth_config_summary === null ? rest : { ...rest, auth_config_summary };
}
