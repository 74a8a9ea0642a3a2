import { randomBytes, randomUUID } from "node:crypto";
import * as z from "zod";
import type { Account } from "./accounts.ts";

/** The people whom a rule of a policy matches. Rules of other kinds are kept and match nobody. */
const ruleSchema = z.looseObject({
  everyone: z.looseObject({}).optional(),
  email: z.looseObject({ email: z.string() }).optional(),
  email_domain: z.looseObject({ domain: z.string() }).optional(),
  any_valid_service_token: z.looseObject({}).optional(),
  service_token: z.looseObject({ token_id: z.string() }).optional(),
  group: z.looseObject({ id: z.string() }).optional(),
});
type Rule = Readonly<z.infer<typeof ruleSchema>>;

export const policySchema = z.object({
  id: z.string(),
  name: z.string().max(350),
  decision: z.enum(["allow", "deny", "non_identity", "bypass"]),
  include: z.array(ruleSchema).max(1000),
  exclude: z.array(ruleSchema).max(1000).default([]),
  require: z.array(ruleSchema).max(1000).default([]),
});
export type Policy = Readonly<z.infer<typeof policySchema>>;

/** Rules that several policies share. A group doesn't contain another one. */
export const accessGroupSchema = z.object({
  id: z.string(),
  name: z.string().max(350),
  include: z.array(ruleSchema).max(1000),
  exclude: z.array(ruleSchema).max(1000).default([]),
  require: z.array(ruleSchema).max(1000).default([]),
});
export type AccessGroup = Readonly<z.infer<typeof accessGroupSchema>>;

const registrationSchema = z.looseObject({
  enabled: z.boolean().optional(),
  allow_any_on_localhost: z.boolean().optional(),
  allow_any_on_loopback: z.boolean().optional(),
  allowed_uris: z.array(z.string().max(2000)).max(1000).optional(),
});

/** The known fields of an Access application. Other fields are kept as they were sent. */
export const accessAppSchema = z.looseObject({
  id: z.string(),
  type: z.enum(["self_hosted", "mcp", "mcp_portal"]),
  name: z.string().max(350),
  domain: z.string().optional(),
  destinations: z
    .array(z.looseObject({ type: z.string(), mcp_server_id: z.string().optional() }))
    .max(100)
    .optional(),
  oauth_configuration: z
    .looseObject({
      enabled: z.boolean().optional(),
      dynamic_client_registration: registrationSchema.optional(),
    })
    .optional(),
  policies: z.array(policySchema).max(1000),
});
export type AccessApp = Readonly<z.infer<typeof accessAppSchema>>;

export const serviceTokenSchema = z.object({
  id: z.string(),
  name: z.string().max(350),
  client_id: z.string(),
  client_secret: z.string(),
});
export type ServiceToken = Readonly<z.infer<typeof serviceTokenSchema>>;

export const zoneSchema = z.object({ id: z.string(), name: z.string(), created_on: z.string() });
export type ZoneRecord = Readonly<z.infer<typeof zoneSchema>>;

export const dnsRecordSchema = z.object({
  id: z.string(),
  zone_id: z.string(),
  type: z.enum(["A", "AAAA", "CNAME", "TXT"]),
  name: z.string().max(253),
  content: z.string().max(4096),
  proxied: z.boolean().default(false),
  ttl: z.number().int().positive().default(1),
  comment: z.string().nullable().default(null),
});
export type DnsRecord = Readonly<z.infer<typeof dnsRecordSchema>>;

/** The target of a portal's host. Neither API nor Terraform creates this record. */
export const PORTAL_TARGET = "gateway.agents.cloudflare.com";

/** An id in the format of zones and DNS records. */
export function newHexId(): string {
  return randomBytes(16).toString("hex");
}

export function newServiceToken(name: string): ServiceToken {
  return {
    id: randomUUID(),
    name,
    client_id: `${newHexId()}.access`,
    client_secret: randomBytes(32).toString("hex"),
  };
}

/** A visitor of an Access application. */
export type Visitor =
  | { readonly kind: "user"; readonly email: string }
  | { readonly kind: "service"; readonly tokenId: string };

/**
 * Applies the policies in order: the first that matches decides. Without a match nobody is let in.
 */
export function letsIn({ groups }: Account, app: AccessApp, visitor: Visitor): boolean {
  const suits = (rules: Rules): boolean =>
    suit(rules, (rule) => {
      const group = rule.group && groups.get(rule.group.id);
      return group === undefined
        ? matches(rule, visitor)
        : suit(group, (inner) => matches(inner, visitor));
    });
  for (const policy of app.policies) {
    if (!suits(policy)) {
      continue;
    }
    const { decision } = policy;
    if (decision === "deny") {
      return false;
    }
    if (decision === "bypass" || (decision === "non_identity") === (visitor.kind === "service")) {
      return true;
    }
  }
  return false;
}

type Rules = Pick<Policy, "include" | "exclude" | "require">;

function suit({ include, exclude, require }: Rules, is: (rule: Rule) => boolean): boolean {
  return include.some(is) && !exclude.some(is) && require.every(is);
}

function matches(rule: Rule, visitor: Visitor): boolean {
  if (rule.everyone) {
    return true;
  }
  if (visitor.kind === "service") {
    return (
      rule.any_valid_service_token !== undefined || rule.service_token?.token_id === visitor.tokenId
    );
  }
  const email = visitor.email.toLowerCase();
  return (
    rule.email?.email.toLowerCase() === email ||
    (rule.email_domain !== undefined &&
      email.endsWith(`@${rule.email_domain.domain.toLowerCase()}`))
  );
}

/** The application to which people sign in before they reach a portal. */
export function appOfPortal({ apps }: Account, hostname: string): AccessApp | undefined {
  const wanted = hostname.toLowerCase();
  return apps
    .list()
    .find(({ type, domain }) => type === "mcp_portal" && domain?.toLowerCase() === wanted);
}

/** The application that decides who sees a server in any portal. */
export function appOfServer({ apps }: Account, serverId: string): AccessApp | undefined {
  return apps.list().find(
    ({ type, destinations }) =>
      type === "mcp" &&
      destinations?.some((destination) => {
        return (
          destination.type === "via_mcp_server_portal" && destination.mcp_server_id === serverId
        );
      }),
  );
}

/** True when a client with this redirect URI may register at an application. */
export function mayRegister(app: AccessApp, redirectUri: string): boolean {
  const registration = app.oauth_configuration?.dynamic_client_registration;
  if (app.oauth_configuration?.enabled === false || registration?.enabled === false) {
    return false;
  }
  const url = URL.parse(redirectUri);
  if (url?.hostname === "localhost" && registration?.allow_any_on_localhost) {
    return true;
  }
  const isLoopback = url?.hostname === "127.0.0.1" || url?.hostname === "[::1]";
  if (isLoopback && registration?.allow_any_on_loopback) {
    return true;
  }
  return (registration?.allowed_uris ?? []).some((allowed) =>
    allowed.endsWith("/*") ? redirectUri.startsWith(allowed.slice(0, -1)) : redirectUri === allowed,
  );
}

/** Tells whether the host of a portal points to the right target, to another one, or nowhere. */
export function dnsOf({ dnsRecords }: Account, hostname: string): "right" | "missing" | "wrong" {
  const wanted = hostname.toLowerCase();
  const records = dnsRecords.list().filter(({ name }) => name.toLowerCase() === wanted);
  if (records.length === 0) {
    return "missing";
  }
  const isRight = records.some(
    ({ type, content, proxied }) => type === "CNAME" && content === PORTAL_TARGET && proxied,
  );
  return isRight ? "right" : "wrong";
}
