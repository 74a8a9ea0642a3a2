import type { AccessApp, AccessPolicy } from "./access/accessApp.ts";
import type { DnsRecord, Zone } from "./access/dns.ts";
import type { AccessGroup, NewAccessApp, NewAccessPolicy } from "./access/newAccess.ts";
import type { NewDnsRecord } from "./access/newDnsRecord.ts";
import type { ProbeOutcome } from "./access/probe.ts";
import type { Account, AccountId, Credential, TokenState } from "./account.ts";
import type { ApiError } from "./apiError.ts";
import type { NewPortal, Portal, PortalPatch, RedirectUri } from "./portals/portal.ts";
import type { NewServer, Server, ServerPatch, SyncResponse } from "./servers/server.ts";
import type { CallScope, CallWindow, ToolCalls } from "./usage/toolCalls.ts";

export interface CallOptions {
  /** Ends the request; the call then rejects with an AbortError. */
  readonly signal?: AbortSignal;
  /** A person's calls are sent before those of background refreshes. Default: user. */
  readonly priority?: "user" | "background";
}

export interface ServerListOptions extends CallOptions {
  readonly search?: string;
  /** How many servers there probably are, so that their pages needn't wait for the first one. */
  readonly expected?: number | undefined;
}

/** An item of a list that couldn't be parsed. */
export interface Rejected {
  /** Undefined where the item has no id. */
  readonly id: string | undefined;
  readonly error: ApiError;
}

/**
 * A whole list. Items that couldn't be parsed are listed apart, so that they don't hide the rest.
 */
export interface Listed<T> {
  readonly items: readonly T[];
  readonly rejected: readonly Rejected[];
}

/**
 * The port to one account's MCP servers and portals. Calls reject with an ApiError, or with an
 * AbortError when their signal is aborted.
 */
export interface CloudflareClient {
  listServers(options?: ServerListOptions): Promise<Listed<Server>>;
  readServer(id: string, options?: CallOptions): Promise<Server>;
  createServer(server: NewServer, options?: CallOptions): Promise<Server>;
  /** Sends the patch as it is. The transport never repeats it. */
  updateServer(id: string, patch: ServerPatch, options?: CallOptions): Promise<Server>;
  deleteServer(id: string, options?: CallOptions): Promise<void>;
  syncServer(id: string, options?: CallOptions): Promise<SyncResponse>;
  listPortals(options?: CallOptions & { readonly search?: string }): Promise<Listed<Portal>>;
  readPortal(id: string, options?: CallOptions): Promise<Portal>;
  /** Makes neither the DNS record nor the Access applications that a portal needs beside itself. */
  createPortal(portal: NewPortal, options?: CallOptions): Promise<Portal>;
  /** Sends the patch as it is. The transport never repeats it. */
  updatePortal(id: string, patch: PortalPatch, options?: CallOptions): Promise<Portal>;
  deletePortal(id: string, options?: CallOptions): Promise<void>;
  readRedirectUri(
    of: { readonly portalId: string; readonly serverId: string },
    options?: CallOptions,
  ): Promise<RedirectUri>;
  readToolCalls(scope: CallScope, window: CallWindow, options?: CallOptions): Promise<ToolCalls>;
  /** Needs the permission "Access: Apps and Policies Read", as the next one does. */
  listAccessApps(options?: CallOptions): Promise<Listed<AccessApp>>;
  /** For an application whose list didn't hold its policies. */
  listAccessPolicies(appId: string, options?: CallOptions): Promise<readonly AccessPolicy[]>;
  /** Needs "Zone Read". Undefined where the credential sees no zone of this name. */
  findZone(name: string, options?: CallOptions): Promise<Zone | undefined>;
  /** Needs "DNS Read". */
  listDnsRecords(
    zoneId: string,
    name: string,
    options?: CallOptions,
  ): Promise<readonly DnsRecord[]>;
  /** Needs "DNS Edit". Sent once, as the two below: a second could make a second one. */
  createDnsRecord(zoneId: string, record: NewDnsRecord, options?: CallOptions): Promise<DnsRecord>;
  /** Needs "Access: Apps and Policies Edit", as the next one does. Without policies nobody gets in. */
  createAccessApp(app: NewAccessApp, options?: CallOptions): Promise<AccessApp>;
  createAccessPolicy(
    appId: string,
    policy: NewAccessPolicy,
    options?: CallOptions,
  ): Promise<AccessPolicy>;
  /** Needs "Access: Organizations, Identity Providers, and Groups Read". */
  listAccessGroups(options?: CallOptions): Promise<readonly AccessGroup[]>;
  /** Sends one request without the credential to the portal's own host. */
  probePortal(
    portal: { readonly id: string; readonly hostname: string },
    options?: CallOptions,
  ): Promise<ProbeOutcome>;
  /** The address at which clients reach the portal. Asks nothing of Cloudflare. */
  portalEndpoint(
    portal: { readonly id: string; readonly hostname: string },
    options?: CallOptions,
  ): Promise<URL>;
}

/** The calls that a credential permits before an account is chosen. */
export interface AccountsClient {
  listAccounts(options?: CallOptions): Promise<readonly Account[]>;
  verifyUserToken(options?: CallOptions): Promise<TokenState>;
  verifyAccountToken(account: AccountId, options?: CallOptions): Promise<TokenState>;
}

/** Sends requests with one credential to one API root. */
export interface Connection {
  readonly accounts: AccountsClient;
  client(account: AccountId): CloudflareClient;
  /** Aborts the requests under way; later calls reject. */
  close(): Promise<void>;
}

/** Makes a connection without sending anything. The first call checks `apiRoot`. */
export type Connect = (to: {
  readonly apiRoot: string;
  readonly credential: Credential;
}) => Connection;

/** Wraps each call. `writes` is true for a call that needs the right to write. */
type ClientMiddleware = <T>(
  call: (api: CloudflareClient) => Promise<T>,
  writes: boolean,
) => Promise<T>;

/** Wraps each call that is made before an account is chosen. */
export function wrapAccountsClient(
  around: <T>(call: (api: AccountsClient) => Promise<T>) => Promise<T>,
): AccountsClient {
  return {
    listAccounts: (o) => around((api) => api.listAccounts(o)),
    verifyUserToken: (o) => around((api) => api.verifyUserToken(o)),
    verifyAccountToken: (id, o) => around((api) => api.verifyAccountToken(id, o)),
  };
}

/**
 * Makes a client whose calls all go through one function. That function chooses the client that is
 * called.
 */
export function wrapClient(around: ClientMiddleware): CloudflareClient {
  return {
    listServers: (o) => around((api) => api.listServers(o), false),
    readServer: (id, o) => around((api) => api.readServer(id, o), false),
    createServer: (server, o) => around((api) => api.createServer(server, o), true),
    updateServer: (id, patch, o) => around((api) => api.updateServer(id, patch, o), true),
    deleteServer: (id, o) => around((api) => api.deleteServer(id, o), true),
    syncServer: (id, o) => around((api) => api.syncServer(id, o), true),
    listPortals: (o) => around((api) => api.listPortals(o), false),
    readPortal: (id, o) => around((api) => api.readPortal(id, o), false),
    createPortal: (portal, o) => around((api) => api.createPortal(portal, o), true),
    updatePortal: (id, patch, o) => around((api) => api.updatePortal(id, patch, o), true),
    deletePortal: (id, o) => around((api) => api.deletePortal(id, o), true),
    readRedirectUri: (of, o) => around((api) => api.readRedirectUri(of, o), false),
    readToolCalls: (scope, window, o) =>
      around((api) => api.readToolCalls(scope, window, o), false),
    listAccessApps: (o) => around((api) => api.listAccessApps(o), false),
    listAccessPolicies: (id, o) => around((api) => api.listAccessPolicies(id, o), false),
    findZone: (name, o) => around((api) => api.findZone(name, o), false),
    listDnsRecords: (zone, name, o) => around((api) => api.listDnsRecords(zone, name, o), false),
    createDnsRecord: (zone, record, o) =>
      around((api) => api.createDnsRecord(zone, record, o), true),
    createAccessApp: (app, o) => around((api) => api.createAccessApp(app, o), true),
    createAccessPolicy: (id, policy, o) =>
      around((api) => api.createAccessPolicy(id, policy, o), true),
    listAccessGroups: (o) => around((api) => api.listAccessGroups(o), false),
    probePortal: (portal, o) => around((api) => api.probePortal(portal, o), false),
    portalEndpoint: (portal, o) => around((api) => api.portalEndpoint(portal, o), false),
  };
}
