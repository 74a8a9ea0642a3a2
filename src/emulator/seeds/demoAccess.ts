import { randomUUID } from "node:crypto";
import {
  type AccessApp,
  newHexId,
  newServiceToken,
  PORTAL_TARGET,
  type Policy,
} from "../state/access.ts";
import type { Account, AccountStore } from "../state/accounts.ts";

const ZONE = "harborlane.example";

/** Groups of the account, each with its first member. */
const GROUPS: readonly (readonly [string, string])[] = [
  ["Engineers", "ann@harborlane.example"],
  ["Support desk", "sam@harborlane.example"],
];

/** A server that users see in no portal, because its application lets nobody in. */
const HIDDEN_SERVER = "docs";

/** What a program reaches with a service token: a portal, and a server that it shares with people. */
const FOR_PROGRAMS: ReadonlySet<string> = new Set(["support", "tickets"]);

/**
 * Creates what the dashboard creates next to portals and servers: DNS records and Access
 * applications.
 */
export function seedAccess(store: AccountStore, account: Account): void {
  const zone = { id: newHexId(), name: ZONE, created_on: account.createdOn };
  store.put(account.zones, zone);
  for (const [name, email] of GROUPS) {
    const include = [{ email: { email } }];
    store.put(account.groups, { id: randomUUID(), name, include, exclude: [], require: [] });
  }
  const token = newServiceToken("Nightly reports");
  store.put(account.serviceTokens, token);
  const policiesOf = (id: string): Policy[] =>
    FOR_PROGRAMS.has(id) ? [staff(), service(token.id)] : [staff()];
  for (const { id, name, hostname } of account.portals.list()) {
    store.put(account.dnsRecords, {
      id: newHexId(),
      zone_id: zone.id,
      type: "CNAME",
      name: hostname,
      content: PORTAL_TARGET,
      proxied: true,
      ttl: 1,
      comment: null,
    });
    store.put(account.apps, portalApp(name, hostname, policiesOf(id)));
  }
  for (const { id, name } of account.servers.list()) {
    const policies = id === HIDDEN_SERVER ? [] : policiesOf(id);
    store.put(account.apps, serverApp(name, id, policies));
  }
}

function staff(): Policy {
  const include = [{ email_domain: { domain: ZONE } }];
  return { id: randomUUID(), name: "Staff", decision: "allow", include, exclude: [], require: [] };
}

function service(tokenId: string): Policy {
  const include = [{ service_token: { token_id: tokenId } }];
  const rest = { exclude: [], require: [] };
  return { id: randomUUID(), name: "Nightly reports", decision: "non_identity", include, ...rest };
}

/** Allows the clients of the emulator's users: VS Code, and programs of this machine. */
function portalApp(name: string, domain: string, policies: Policy[]): AccessApp {
  return {
    id: randomUUID(),
    type: "mcp_portal",
    name,
    domain,
    oauth_configuration: {
      enabled: true,
      dynamic_client_registration: {
        enabled: true,
        allow_any_on_localhost: true,
        allow_any_on_loopback: true,
        allowed_uris: [
          "https://vscode.dev/redirect",
          "https://insiders.vscode.dev/redirect",
          "https://claude.ai/api/mcp/auth_callback",
        ],
      },
    },
    policies,
  };
}

function serverApp(name: string, serverId: string, policies: Policy[]): AccessApp {
  return {
    id: randomUUID(),
    type: "mcp",
    name,
    destinations: [{ type: "via_mcp_server_portal", mcp_server_id: serverId }],
    policies,
  };
}
