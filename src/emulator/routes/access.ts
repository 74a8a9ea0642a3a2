import { randomUUID } from "node:crypto";
import * as z from "zod";
import { refuse } from "../identity.ts";
import {
  type AccessApp,
  accessAppSchema,
  newServiceToken,
  type Policy,
  policySchema,
} from "../state/access.ts";
import { type Answer, general, generalError, Refusal } from "../wire/answers.ts";
import type { AccountCall, AccountRoute } from "./call.ts";

const APPS = "/access/apps";
const GROUPS = "/access/groups";
const TOKENS = "/access/service_tokens";

/**
 * Access applications, policies, groups and service tokens, as far as they matter to a portal's
 * visitors.
 */
export const accessRoutes: readonly AccountRoute[] = [
  { method: "GET", path: APPS, needs: "access:read", handle: listApps },
  { method: "POST", path: APPS, needs: "access:edit", handle: createApp },
  { method: "GET", path: `${APPS}/:id`, needs: "access:read", handle: readApp },
  { method: "PUT", path: `${APPS}/:id`, needs: "access:edit", handle: updateApp },
  { method: "DELETE", path: `${APPS}/:id`, needs: "access:edit", handle: deleteApp },
  { method: "GET", path: `${APPS}/:id/policies`, needs: "access:read", handle: listPolicies },
  { method: "POST", path: `${APPS}/:id/policies`, needs: "access:edit", handle: createPolicy },
  {
    method: "PUT",
    path: `${APPS}/:id/policies/:policy`,
    needs: "access:edit",
    handle: updatePolicy,
  },
  {
    method: "DELETE",
    path: `${APPS}/:id/policies/:policy`,
    needs: "access:edit",
    handle: deletePolicy,
  },
  { method: "GET", path: GROUPS, needs: "groups:read", handle: listGroups },
  { method: "GET", path: TOKENS, needs: "access:read", handle: listServiceTokens },
  { method: "POST", path: TOKENS, needs: "access:edit", handle: createServiceToken },
];

const policyBody = policySchema.omit({ id: true }).extend({
  include: policySchema.shape.include.min(1),
});
const appBody = accessAppSchema.omit({ id: true, policies: true }).extend({
  policies: z.array(policyBody).max(1000).default([]),
});

function listApps({ account, query }: AccountCall): Answer {
  const { domain, name } = query;
  const all = account.apps.list().filter((app) => {
    return (domain ?? app.domain) === app.domain && (name ?? app.name) === app.name;
  });
  return listed(all, query);
}

function createApp(call: AccountCall): Answer {
  const body = parse(appBody, call.body);
  const policies = body.policies.map((policy) => ({ ...policy, id: randomUUID() }));
  const app = accessAppSchema.parse({ ...body, policies, id: randomUUID() });
  checkDestinations(app);
  call.emulation.store.put(call.account.apps, app);
  return created(app);
}

function readApp(call: AccountCall): Answer {
  return general(find(call));
}

function updateApp(call: AccountCall): Answer {
  const before = find(call);
  const { policies: _sent, ...body } = parse(appBody, call.body);
  const app = accessAppSchema.parse({ ...body, id: before.id, policies: before.policies });
  checkDestinations(app);
  call.emulation.store.put(call.account.apps, app);
  return general(app);
}

function deleteApp(call: AccountCall): Answer {
  const { id } = find(call);
  call.emulation.store.delete(call.account.apps, id);
  return general({ id });
}

function listPolicies(call: AccountCall): Answer {
  return listed(find(call).policies, call.query);
}

function createPolicy(call: AccountCall): Answer {
  const app = find(call);
  const policy: Policy = { ...parse(policyBody, call.body), id: randomUUID() };
  call.emulation.store.put(call.account.apps, { ...app, policies: [...app.policies, policy] });
  return created(policy);
}

function updatePolicy(call: AccountCall): Answer {
  const app = find(call);
  const { id } = findPolicy(app, call);
  const policy: Policy = { ...parse(policyBody, call.body), id };
  const policies = app.policies.map((other) => (other.id === id ? policy : other));
  call.emulation.store.put(call.account.apps, { ...app, policies });
  return general(policy);
}

function deletePolicy(call: AccountCall): Answer {
  const app = find(call);
  const { id } = findPolicy(app, call);
  const policies = app.policies.filter((other) => other.id !== id);
  call.emulation.store.put(call.account.apps, { ...app, policies });
  return general({ id });
}

function listGroups({ account, query }: AccountCall): Answer {
  const { name } = query;
  const groups = account.groups.list().filter((group) => (name ?? group.name) === group.name);
  return listed(groups, query);
}

function listServiceTokens({ account, query }: AccountCall): Answer {
  const tokens = account.serviceTokens.list().map(({ client_secret: _secret, ...token }) => token);
  return listed(tokens, query);
}

/** No other answer contains the secret. */
function createServiceToken({ account, body, emulation }: AccountCall): Answer {
  const { name } = parse(z.object({ name: z.string().max(350) }), body);
  const token = newServiceToken(name);
  emulation.store.put(account.serviceTokens, token);
  return created(token);
}

function find({ account, params }: AccountCall): AccessApp {
  const app = account.apps.get(params["id"] ?? "");
  if (!app) {
    throw refuse(404, { code: 11021, message: "access.api.error.unknown_application" });
  }
  return app;
}

function findPolicy(app: AccessApp, { params }: AccountCall): Policy {
  const policy = app.policies.find(({ id }) => id === params["policy"]);
  if (!policy) {
    throw refuse(404, { code: 11022, message: "access.api.error.unknown_policy" });
  }
  return policy;
}

/** Seen on the real API: a portal's own application can't be reached through a portal. */
function checkDestinations({ type, destinations = [] }: AccessApp): void {
  if (type === "mcp_portal" && destinations.some((item) => item.type === "via_mcp_server_portal")) {
    const message = "access.api.error.invalid_request: via_mcp_server_portal on an mcp_portal app";
    throw refuse(400, { code: 12130, message });
  }
}

/** @throws Refusal with Access's general error for an invalid body */
export function parse<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body);
  if (parsed.success) {
    return parsed.data;
  }
  const message = `access.api.error.invalid_request: ${z.prettifyError(parsed.error)}`;
  throw new Refusal(generalError(400, { code: 12130, message }));
}

export function created(result: unknown): Answer {
  return { ...general(result), status: 201 };
}

const pageSchema = z.object({
  page: z.coerce.number().int().min(1).catch(1),
  per_page: z.coerce.number().int().min(1).max(1000).catch(100),
});

/** One page of a list, with the result_info of the older endpoints. */
export function listed(all: readonly unknown[], query: Readonly<Record<string, string>>): Answer {
  const { page, per_page } = pageSchema.parse(query);
  const result = all.slice((page - 1) * per_page, page * per_page);
  const totalPages = Math.ceil(all.length / per_page);
  const info = {
    page,
    per_page,
    count: result.length,
    total_count: all.length,
    total_pages: totalPages,
  };
  return general(result, { result_info: info });
}
