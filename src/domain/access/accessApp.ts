/** Cloudflare Access, as far as it decides who reaches a portal and sees its servers. */

import type { JsonRecord } from "../../base/json.ts";
import type { Open } from "../servers/server.ts";

/** One condition of a policy. Of the many kinds only those that a visitor alone decides are read. */
export type AccessRule =
  | { readonly kind: "everyone" }
  | { readonly kind: "email"; readonly email: string }
  | { readonly kind: "emailDomain"; readonly domain: string }
  | { readonly kind: "anyServiceToken" }
  | { readonly kind: "serviceToken"; readonly tokenId: string }
  /** Needs what isn't known here, such as groups or countries. `name` is the API's own. */
  | { readonly kind: "other"; readonly name: string };

export interface AccessPolicy {
  readonly id: string;
  readonly name: string;
  /** `non_identity` is "Service Auth" in the dashboard. */
  readonly decision: Open<"allow" | "deny" | "non_identity" | "bypass">;
  readonly include: readonly AccessRule[];
  readonly exclude: readonly AccessRule[];
  readonly require: readonly AccessRule[];
  /** As Cloudflare sent it, with what isn't read above. */
  readonly received: JsonRecord;
}

/** Which redirect URIs a client may register. An absent value is one that Cloudflare didn't send. */
export interface ManagedOauth {
  readonly enabled: boolean | undefined;
  readonly registers: boolean | undefined;
  readonly anyLocalhost: boolean;
  readonly anyLoopback: boolean;
  readonly allowedUris: readonly string[];
}

export interface AccessApp {
  readonly id: string;
  readonly name: string;
  readonly type: Open<"self_hosted" | "mcp" | "mcp_portal">;
  readonly domain: string | undefined;
  /** The servers that it decides about in portals. */
  readonly serverIds: readonly string[];
  /** Undefined where Cloudflare didn't send it. */
  readonly oauth: ManagedOauth | undefined;
  /** In the order of the answer. Undefined where the list didn't hold them. */
  readonly policies: readonly AccessPolicy[] | undefined;
  /** As Cloudflare sent it. Empty for an application of another type. */
  readonly received: JsonRecord;
}

/** The application to which people sign in before they reach a portal. */
export function appOfPortal(apps: readonly AccessApp[], hostname: string): AccessApp | undefined {
  const wanted = hostname.toLowerCase();
  return apps.find(({ type, domain }) => type === "mcp_portal" && hostOf(domain) === wanted);
}

/** The application that decides who sees a server, in any portal. */
export function appOfServer(apps: readonly AccessApp[], serverId: string): AccessApp | undefined {
  return apps.find(({ type, serverIds }) => type === "mcp" && serverIds.includes(serverId));
}

/** A domain may come with a path. */
function hostOf(domain: string | undefined): string | undefined {
  return domain?.split("/")[0]?.toLowerCase();
}
