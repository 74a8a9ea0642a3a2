import type { AccessApp } from "../access/accessApp.ts";
import type { DnsRecord } from "../access/dns.ts";
import type { ProbeOutcome } from "../access/probe.ts";
import type { CapabilityKind } from "../catalogue/capability.ts";
import type { ClientId } from "../clients/clientIds.ts";
import type { MappedServer, Portal } from "../portals/portal.ts";
import type { Server } from "../servers/server.ts";

/** Everything that has to hold before a tool of a portal reaches a client, in order. */
export const LINKS = [
  "dns",
  "portalApp",
  "redirectUri",
  "serverApp",
  "status",
  "mapped",
  "toolOn",
  "serviceToken",
  "session",
  "client",
] as const;
export type LinkId = (typeof LINKS)[number];

/**
 * The worst first. `unknown`: it couldn't be looked at. `depends`: on the user, or on what their
 * client does.
 */
export const LINK_STATES = ["broken", "unknown", "depends", "holds"] as const;
export type LinkState = (typeof LINK_STATES)[number];

/**
 * What a token needs to look at all links and to create what is missing, by the names that Cloudflare's
 * dashboard gives them.
 */
export const PERMISSIONS = {
  access: "Access: Apps and Policies Read",
  zone: "Zone Read",
  dns: "DNS Read",
  accessEdit: "Access: Apps and Policies Edit",
  dnsEdit: "DNS Edit",
  groups: "Access: Organizations, Identity Providers, and Groups Read",
} as const;

/** What helps: a page of the dashboard, something to ask the user, or a command. */
export type ReachAction =
  | { readonly kind: "openDns"; readonly zone: string | undefined }
  | { readonly kind: "openPortals" }
  | { readonly kind: "openServer"; readonly serverId: string }
  | { readonly kind: "ask"; readonly what: "email" | "serviceToken" | "client" }
  | { readonly kind: "probe" }
  /** With a token that has further permissions. */
  | { readonly kind: "signIn" }
  | { readonly kind: "sync"; readonly serverId: string }
  | { readonly kind: "attach"; readonly serverId: string | undefined }
  | { readonly kind: "enable"; readonly serverId: string; readonly of: Capability }
  | { readonly kind: "enableOnServer"; readonly serverId: string; readonly of: Capability }
  | { readonly kind: "selectTools"; readonly serverId: string }
  | { readonly kind: "useAdminCredential"; readonly serverId: string }
  | { readonly kind: "showClients" }
  | { readonly kind: "listMcpServers" };

/** The rules by which Problems tell what is broken whoever the user is. */
export const REACH_RULES = [
  "reach/no-dns",
  "reach/no-access-app",
  "reach/no-policy",
  "reach/redirect-uri",
  "reach/status-hides-server",
  "reach/service-token-user-auth",
] as const;
export type ReachRuleId = (typeof REACH_RULES)[number];

/** What can be created, so that the link holds. */
export type Missing =
  | { readonly kind: "dnsRecord" }
  | { readonly kind: "portalApp" }
  | { readonly kind: "serverApp"; readonly serverId: string }
  /** The Allow policy of an application that has none. */
  | {
      readonly kind: "policy";
      readonly app: { readonly id: string; readonly name: string };
    };

/** What was found at a link: about the portal, one of its servers or the tool. */
export interface Found {
  readonly state: LinkState;
  /** One sentence. Names in it are untrusted. */
  readonly sentence: string;
  readonly action?: ReachAction;
  /** Left out where it depends on who asks. */
  readonly rule?: ReachRuleId;
  /** The server that it is about. */
  readonly serverId?: string;
  /** Helps more than the action. */
  readonly missing?: Missing;
}

export interface Link {
  readonly id: LinkId;
  /** The worst of what was found. */
  readonly state: LinkState;
  /** At least one, the worst first. */
  readonly found: readonly Found[];
}

/** A tool or prompt by the upstream's name. */
export interface Capability {
  readonly kind: CapabilityKind;
  readonly name: string;
}

/** What somebody asks, all of it optional: without a server it is about the whole portal. */
export interface ReachQuestion {
  readonly serverId?: string | undefined;
  /** Needs a server. */
  readonly tool?: Capability | undefined;
  readonly email?: string | undefined;
  /** The token's id, by which policies name it. */
  readonly serviceToken?: string | undefined;
  readonly client?: ClientId | undefined;
}

/** What was read, or why it couldn't be. */
export type Looked<T> =
  | { readonly kind: "read"; readonly value: T }
  /** `permission` is Cloudflare's name of what the token lacks. */
  | { readonly kind: "denied"; readonly permission: string }
  /** `why` is a sentence. */
  | { readonly kind: "failed"; readonly why: string };

/** The host's records, and the zone that they are in; no zone where none can be seen. */
export interface DnsFacts {
  readonly zone: string | undefined;
  readonly records: readonly DnsRecord[];
}

/** What is read beside the portal and its servers. */
export interface SurroundingFacts {
  readonly dns: Looked<DnsFacts>;
  /** With the policies of each application that matters. */
  readonly apps: Looked<readonly AccessApp[]>;
  /** Undefined while nobody has asked for a probe. */
  readonly probe: ProbeOutcome | undefined;
}

/** What was read beside a portal, and the host that it had then. */
export interface KnownFacts extends SurroundingFacts {
  readonly hostname: string;
}

/** VS Code's own session with a portal. Times are milliseconds since 1970. */
export interface VsCodeSession {
  readonly startedAt: number;
  /** When names or descriptions of the portal last changed; undefined where nobody saw it. */
  readonly changedAt: number | undefined;
}

export interface ReachFacts extends SurroundingFacts {
  /** Of other clients nothing is known. */
  readonly session?: VsCodeSession | undefined;
  readonly portal: Portal;
  /** Undefined for a server of which nothing is known. */
  readonly serverOf: (serverId: string) => Server | MappedServer | undefined;
}

/** The servers that a question is about, by id, with their names. */
export interface AskedServer {
  readonly id: string;
  readonly name: string;
  readonly server: Server | MappedServer | undefined;
}

export function askedServers(
  { portal, serverOf }: ReachFacts,
  { serverId }: ReachQuestion,
): readonly AskedServer[] {
  const ids = serverId === undefined ? [...portal.mappings.keys()] : [serverId];
  return ids.map((id) => {
    const server = serverOf(id) ?? portal.mappings.get(id)?.server;
    return { id, name: server?.name ?? id, server };
  });
}

/** @param found at least one */
export function linkOf(id: LinkId, found: readonly Found[]): Link {
  const rank = ({ state }: Found) => LINK_STATES.indexOf(state);
  const ordered = [...found].sort((one, other) => rank(one) - rank(other));
  return { id, state: ordered[0]?.state ?? "holds", found: ordered };
}
