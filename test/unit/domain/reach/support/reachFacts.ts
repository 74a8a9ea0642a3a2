import type { AccessApp, AccessPolicy } from "../../../../../src/domain/access/accessApp.ts";
import { PORTAL_TARGET } from "../../../../../src/domain/access/dns.ts";
import type {
  Link,
  LinkId,
  ReachFacts,
  ReachQuestion,
} from "../../../../../src/domain/reach/chain.ts";
import { walkChain } from "../../../../../src/domain/reach/walkChain.ts";
import { mapping, portal } from "../../../support/portals.ts";
import { capability, server } from "../../../support/servers.ts";

export const SEARCH = { kind: "tool", name: "search" } as const;

export const STAFF: AccessPolicy = {
  id: "p1",
  name: "Staff",
  decision: "allow",
  include: [{ kind: "emailDomain", domain: "example.com" }],
  exclude: [],
  require: [],
  received: {},
};

export const REPORTS: AccessPolicy = {
  id: "p2",
  name: "Reports",
  decision: "non_identity",
  include: [{ kind: "serviceToken", tokenId: "t1" }],
  exclude: [],
  require: [],
  received: {},
};

export const OPEN_OAUTH: NonNullable<AccessApp["oauth"]> = {
  enabled: true,
  registers: true,
  anyLocalhost: true,
  anyLoopback: true,
  allowedUris: ["https://vscode.dev/redirect"],
};

export function portalApp(changes: Partial<AccessApp> = {}): AccessApp {
  return {
    id: "a1",
    name: "Main app",
    type: "mcp_portal",
    domain: "MCP.example.com",
    serverIds: [],
    oauth: OPEN_OAUTH,
    policies: [STAFF, REPORTS],
    received: {},
    ...changes,
  };
}

export function serverApp(changes: Partial<AccessApp> = {}): AccessApp {
  return {
    id: "a2",
    name: "Docs app",
    type: "mcp",
    domain: undefined,
    serverIds: ["docs"],
    oauth: undefined,
    policies: [STAFF, REPORTS],
    received: {},
    ...changes,
  };
}

export const RECORD = {
  id: "r1",
  type: "CNAME",
  name: "mcp.example.com",
  content: PORTAL_TARGET,
  proxied: true,
  ttl: 1,
  comment: undefined,
};

/** A portal with one server in which every link holds, as far as it doesn't depend on the user. */
export function soundFacts(changes: Partial<ReachFacts> = {}): ReachFacts {
  const docs = server({ tools: [capability("tool", "search"), capability("tool", "delete_page")] });
  return {
    portal: portal({ mappings: [mapping("docs", { onBehalf: false })] }),
    serverOf: (id) => (id === "docs" ? docs : undefined),
    dns: { kind: "read", value: { zone: "example.com", records: [RECORD] } },
    apps: { kind: "read", value: [portalApp(), serverApp()] },
    probe: undefined,
    ...changes,
  };
}

export function linkIn(id: LinkId, facts: ReachFacts, question: ReachQuestion = {}): Link {
  const found = walkChain(facts, question).links.find((link) => link.id === id);
  if (found === undefined) {
    throw new Error(`There is no link ${id}.`);
  }
  return found;
}
