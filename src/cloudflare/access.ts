import * as v from "valibot";
import { isRecord, type JsonRecord } from "../base/json.ts";
import type { AccessApp, AccessPolicy, AccessRule } from "../domain/access/accessApp.ts";
import type { AccessGroup } from "../domain/access/newAccess.ts";
import type { CloudflareClient } from "../domain/cloudflareClient.ts";
import { listAll } from "./pagination.ts";
import { lenientString, parse, partition, tryParse, withResponseContext } from "./parse.ts";
import { type ResourceRoot, subjectOf } from "./servers.ts";
import { pathOf } from "./transport/call.ts";

const PER_PAGE = 100;

/** @param root its path is that of the account's Access */
export function createAccessClient(
  root: Omit<ResourceRoot, "catalogues">,
): Pick<
  CloudflareClient,
  | "listAccessApps"
  | "listAccessPolicies"
  | "listAccessGroups"
  | "createAccessApp"
  | "createAccessPolicy"
> {
  const { transport, pageSizes } = root;
  return {
    async listAccessApps(options = {}) {
      const found = await listAll({
        transport,
        pageSizes,
        call: { ...options, path: `${root.path}/apps` },
        perPage: PER_PAGE,
        subject: "the list of Access applications",
        parse: (value, place) =>
          tryParse(value, () => parseApp(value, subjectOf("Access application", value, place))),
      });
      return partition(found);
    },
    async listAccessPolicies(appId, options = {}) {
      const found = await listAll({
        transport,
        pageSizes,
        call: { ...options, path: `${root.path}/apps${pathOf(appId, "policies")}` },
        perPage: PER_PAGE,
        subject: "the list of policies",
        parse: (value, place) => parsePolicy(value, subjectOf("Access policy", value, place)),
      });
      return found;
    },
    listAccessGroups: (options = {}) =>
      listAll({
        transport,
        pageSizes,
        call: { ...options, path: `${root.path}/groups` },
        perPage: PER_PAGE,
        subject: "the list of Access groups",
        parse: (value, place) => parseGroup(value, subjectOf("Access group", value, place)),
      }),
    async createAccessApp(app, options = {}) {
      const envelope = await transport.request({
        ...options,
        path: `${root.path}/apps`,
        method: "POST",
        body: app,
        repeat: "never",
      });
      const { result } = envelope;
      return withResponseContext(envelope, () =>
        parseApp(result, subjectOf("Access application", result)),
      );
    },
    async createAccessPolicy(appId, policy, options = {}) {
      const envelope = await transport.request({
        ...options,
        path: `${root.path}/apps${pathOf(appId, "policies")}`,
        method: "POST",
        body: policy,
        repeat: "never",
      });
      const { result } = envelope;
      return withResponseContext(envelope, () =>
        parsePolicy(result, subjectOf("Access policy", result)),
      );
    },
  };
}

const OPTIONAL_BOOLEAN = v.nullish(v.boolean());

/** As in the SDK's `McpServerPortalApplication`, where every field but the type is optional. */
const APP_WIRE = v.object({
  id: v.string(),
  type: v.string(),
  name: lenientString,
  domain: lenientString,
  destinations: v.nullish(
    v.array(v.object({ type: v.nullish(v.string()), mcp_server_id: v.nullish(v.string()) })),
  ),
  oauth_configuration: v.nullish(
    v.object({
      enabled: OPTIONAL_BOOLEAN,
      dynamic_client_registration: v.nullish(
        v.object({
          enabled: OPTIONAL_BOOLEAN,
          allow_any_on_localhost: OPTIONAL_BOOLEAN,
          allow_any_on_loopback: OPTIONAL_BOOLEAN,
          allowed_uris: v.nullish(v.array(v.string())),
        }),
      ),
    }),
  ),
  policies: v.nullish(v.array(v.unknown())),
});

const KIND_WIRE = v.object({ id: v.string(), type: v.string(), name: lenientString });

/** Of applications of other types nothing else is read. */
function parseApp(value: unknown, subject: string): AccessApp {
  const { id, type, name } = parse(KIND_WIRE, value, subject);
  if (type !== "mcp" && type !== "mcp_portal") {
    const nothing = { domain: undefined, serverIds: [], oauth: undefined, policies: undefined };
    return { id, type, name: name ?? id, ...nothing, received: {} };
  }
  const wire = parse(APP_WIRE, value, subject);
  const policies = wire.policies?.map((policy) => {
    // An older list held the ids of policies alone.
    return isRecord(policy) && "decision" in policy ? parsePolicy(policy, subject) : undefined;
  });
  return {
    id: wire.id,
    name: wire.name ?? wire.id,
    type: wire.type,
    domain: wire.domain ?? undefined,
    serverIds: (wire.destinations ?? []).flatMap(({ type, mcp_server_id: id }) =>
      type === "via_mcp_server_portal" && id ? [id] : [],
    ),
    oauth: oauthOf(wire.oauth_configuration),
    policies: policies?.every((policy) => policy !== undefined) ? policies : undefined,
    received: recordOf(value),
  };
}

function oauthOf(wire: v.InferOutput<typeof APP_WIRE>["oauth_configuration"]): AccessApp["oauth"] {
  if (!wire) {
    return undefined;
  }
  const registration = wire.dynamic_client_registration;
  return {
    enabled: wire.enabled ?? undefined,
    registers: registration?.enabled ?? undefined,
    anyLocalhost: registration?.allow_any_on_localhost ?? false,
    anyLoopback: registration?.allow_any_on_loopback ?? false,
    allowedUris: registration?.allowed_uris ?? [],
  };
}

const RULES = v.nullish(v.array(v.record(v.string(), v.unknown())));

const POLICY_WIRE = v.object({
  id: lenientString,
  name: lenientString,
  decision: v.string(),
  include: RULES,
  exclude: RULES,
  require: RULES,
});

function parsePolicy(value: unknown, subject: string): AccessPolicy {
  const wire = parse(POLICY_WIRE, value, subject);
  return {
    id: wire.id ?? "",
    name: wire.name ?? wire.id ?? wire.decision,
    decision: wire.decision,
    include: (wire.include ?? []).map(ruleOf),
    exclude: (wire.exclude ?? []).map(ruleOf),
    require: (wire.require ?? []).map(ruleOf),
    received: recordOf(value),
  };
}

const GROUP_WIRE = v.object({ id: v.string(), name: lenientString, include: RULES });

function parseGroup(value: unknown, subject: string): AccessGroup {
  const { id, name, include } = parse(GROUP_WIRE, value, subject);
  return { id, name: name ?? id, include: (include ?? []).map(ruleOf) };
}

function recordOf(value: unknown): JsonRecord {
  return isRecord(value) ? value : {};
}

/** A rule has one key, which says its kind. What can't be read is kept as a rule that nobody knows. */
function ruleOf(rule: Readonly<Record<string, unknown>>): AccessRule {
  const [name = "", ...more] = Object.keys(rule);
  const body = rule[name];
  const text = (key: string): string | undefined => {
    const found = isRecord(body) ? body[key] : undefined;
    return typeof found === "string" ? found : undefined;
  };
  return (more.length === 0 ? knownRule(name, text) : undefined) ?? { kind: "other", name };
}

function knownRule(
  name: string,
  text: (key: string) => string | undefined,
): AccessRule | undefined {
  switch (name) {
    case "everyone":
      return { kind: "everyone" };
    case "any_valid_service_token":
      return { kind: "anyServiceToken" };
    case "email": {
      const email = text("email");
      return email === undefined ? undefined : { kind: "email", email };
    }
    case "email_domain": {
      const domain = text("domain");
      return domain === undefined ? undefined : { kind: "emailDomain", domain };
    }
    case "service_token": {
      const tokenId = text("token_id");
      return tokenId === undefined ? undefined : { kind: "serviceToken", tokenId };
    }
    default:
      return undefined;
  }
}
