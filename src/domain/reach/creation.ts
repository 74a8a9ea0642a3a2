import type { Audience } from "../access/audience.ts";
import type { Zone } from "../access/dns.ts";
import type { NewAccessApp, NewPortalApp, NewRegistration } from "../access/newAccess.ts";
import type { NewDnsRecord } from "../access/newDnsRecord.ts";
import type { ClientId } from "../clients/clientIds.ts";
import type { Portal } from "../portals/portal.ts";
import { REDIRECT_URIS } from "./redirectUris.ts";

/** What is about to be created, whole. */
export type Creation =
  | { readonly kind: "dnsRecord"; readonly zone: Zone; readonly record: NewDnsRecord }
  /** With the policy that lets the audience in. */
  | { readonly kind: "app"; readonly app: NewAccessApp; readonly audience: Audience }
  | {
      readonly kind: "policy";
      readonly app: { readonly id: string; readonly name: string };
      readonly audience: Audience;
    };

/** The application to which people sign in before they reach a portal, with these clients. */
export function portalAppFor(
  { name, hostname }: Portal,
  clients: Iterable<ClientId>,
): NewPortalApp {
  return {
    type: "mcp_portal",
    name,
    domain: hostname.toLowerCase(),
    oauth_configuration: {
      enabled: true,
      dynamic_client_registration: registrationOf(clients),
    },
  };
}

/**
 * A client listens on its own machine at a port that it may choose anew, so of addresses there any is
 * allowed. Source: RFC 8252, section 7.3.
 */
function registrationOf(clients: Iterable<ClientId>): NewRegistration {
  const uris = [...clients].flatMap((client) => REDIRECT_URIS[client]);
  const places = uris.map((uri) => ({ uri, hostname: URL.parse(uri)?.hostname }));
  const remote = places.flatMap(({ uri, hostname }) =>
    hostname === "localhost" || hostname === "127.0.0.1" ? [] : [uri],
  );
  return {
    enabled: true,
    allow_any_on_localhost: places.some(({ hostname }) => hostname === "localhost"),
    allow_any_on_loopback: places.some(({ hostname }) => hostname === "127.0.0.1"),
    allowed_uris: [...new Set(remote)],
  };
}
