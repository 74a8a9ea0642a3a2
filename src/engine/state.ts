import type { Account, AccountId } from "../domain/account.ts";
import { type Filter, NO_FILTER } from "../domain/filter.ts";
import { type MappedCatalogue, mappedCatalogueOf } from "../domain/portals/exposure.ts";
import { type PortalHealth, portalHealth } from "../domain/portals/health.ts";
import type { MappedServer, Mapping, Portal } from "../domain/portals/portal.ts";
import type { Resources } from "../domain/resources/kinds.ts";
import type { Collections, Resource } from "../domain/resources/resource.ts";
import type { Server } from "../domain/servers/server.ts";
import type { SyncReport } from "../domain/servers/syncReport.ts";

/** Facts about an account's credential. Both are false until Cloudflare's first refusal. */
export interface Access {
  /**
   * A write was refused for lack of permission: nothing can be changed until the credential is
   * replaced.
   */
  readonly readOnly: boolean;
  /**
   * Cloudflare no longer accepts the credential. The data on screen is old, and edits wait for
   * another credential.
   */
  readonly refused: boolean;
}

export type SyncPhase = "waiting" | "running";

/** The syncs of one server in this window. */
export interface ServerSync {
  readonly phase: SyncPhase | undefined;
  /** How the last sync requested here ended; undefined when there is nothing to report. */
  readonly last: SyncReport | undefined;
}

export interface SyncRun {
  readonly total: number;
  readonly done: number;
}

export interface SyncState {
  /** Undefined while no sync runs. */
  readonly run: SyncRun | undefined;
  /**
   * By the identity of the server's resource. A server without an entry was never synced in this
   * window.
   */
  readonly servers: ReadonlyMap<object, ServerSync>;
}

export interface AccountState<Types = Resources> {
  readonly account: Account;
  readonly access: Access;
  readonly collections: Collections<Types>;
  readonly syncs: SyncState;
}

/** The screen's whole input. Replaced on every change, never mutated. */
export interface State<Types = Resources> {
  readonly accounts: ReadonlyMap<AccountId, AccountState<Types>>;
  readonly shown: AccountId | "all";
  /** False while accounts of the last window may still be missing. */
  readonly restored: boolean;
  /**
   * Lasts as long as the window, because a filter kept from last week would hide rows that people
   * miss.
   */
  readonly filter: Filter;
}

export function emptyState<Types>(): State<Types> {
  return { accounts: new Map(), shown: "all", restored: false, filter: NO_FILTER };
}

export function newAccountState<Types>(
  account: Account,
  collections: Collections<Types>,
): AccountState<Types> {
  const access = { readOnly: false, refused: false };
  return { account, access, collections, syncs: { run: undefined, servers: new Map() } };
}

/** The same account with changed facts about its credential. */
export function withAccess<Types>(
  state: AccountState<Types>,
  change: Partial<Access>,
): AccountState<Types> {
  const access = { ...state.access, ...change };
  const same = access.readOnly === state.access.readOnly && access.refused === state.access.refused;
  return same ? state : { ...state, access };
}

/** The accounts on screen. All are shown when the chosen account no longer exists. */
export function shownAccounts(state: State): readonly AccountState[] {
  const chosen = state.shown === "all" ? undefined : state.accounts.get(state.shown);
  if (chosen !== undefined) {
    return [chosen];
  }
  return state.shown === "all" || state.restored ? [...state.accounts.values()] : [];
}

/** True when the account's credential is known to lack the permission to write. */
export function isReadOnly(state: State, accountId: AccountId): boolean {
  return state.accounts.get(accountId)?.access.readOnly ?? false;
}

/** True when the last refresh of an account's servers failed although its credential is accepted. */
export function hasFailedRefresh(state: State, accountId: AccountId): boolean {
  const account = state.accounts.get(accountId);
  return account?.collections.server.load.kind === "failed" && !account.access.refused;
}

const NO_SERVERS: ReadonlyMap<string, Resource<Server>> = new Map();

/** An account's servers in display order; none for an account that is gone. */
export function serversOf(
  state: State,
  accountId: AccountId,
): ReadonlyMap<string, Resource<Server>> {
  return state.accounts.get(accountId)?.collections.server.items ?? NO_SERVERS;
}

export function findServer(
  state: State,
  accountId: AccountId,
  serverId: string,
): Resource<Server> | undefined {
  return serversOf(state, accountId).get(serverId);
}

/** An account's servers as people see them, in display order. */
export function optimisticServers(state: State, accountId: AccountId): readonly Server[] {
  return [...serversOf(state, accountId).values()].map(({ optimistic }) => optimistic);
}

/** An account's portals in display order. None for an account that is gone. */
export function portalsOf(
  state: State,
  accountId: AccountId,
): ReadonlyMap<string, Resource<Portal>> {
  return state.accounts.get(accountId)?.collections.portal.items ?? NO_PORTALS;
}

const NO_PORTALS: ReadonlyMap<string, Resource<Portal>> = new Map();

export function findPortal(
  state: State,
  { accountId, portalId }: { readonly accountId: AccountId; readonly portalId: string },
): Resource<Portal> | undefined {
  return portalsOf(state, accountId).get(portalId);
}

/** A mapping with its server. */
export interface FoundMapping {
  readonly mapping: Mapping;
  /** Undefined where neither the account's servers nor the portal's answer has told of it. */
  readonly server: Server | MappedServer | undefined;
}

export function findMapping(
  state: State,
  address: { readonly accountId: AccountId; readonly portalId: string; readonly serverId: string },
): FoundMapping | undefined {
  const mapping = findPortal(state, address)?.optimistic.mappings.get(address.serverId);
  if (mapping === undefined) {
    return undefined;
  }
  const known = findServer(state, address.accountId, address.serverId)?.optimistic;
  return { mapping, server: known ?? mapping.server };
}

/**
 * Finds the tools and prompts of a server as a portal exposes them. Undefined where one of the two
 * isn't known.
 */
export function findMappedCatalogue(
  state: State,
  address: { readonly accountId: AccountId; readonly portalId: string; readonly serverId: string },
): MappedCatalogue | undefined {
  const found = findMapping(state, address);
  return found?.server && mappedCatalogueOf(found.mapping, found.server);
}

/** How a portal is, by the newest that is known of its servers. */
export function healthOf(state: State, accountId: AccountId, portal: Portal): PortalHealth {
  return portalHealth(
    portal,
    (serverId) => findMapping(state, { accountId, portalId: portal.id, serverId })?.server,
  );
}

/** One object, so that servers without syncs compare by identity. */
const NO_SYNC: ServerSync = { phase: undefined, last: undefined };

export function syncOf({ collections, syncs }: AccountState, serverId: string): ServerSync {
  const server = collections.server.items.get(serverId);
  return (server && syncs.servers.get(server.identity)) ?? NO_SYNC;
}

export function findSync(state: State, accountId: AccountId, serverId: string): ServerSync {
  const account = state.accounts.get(accountId);
  return account === undefined ? NO_SYNC : syncOf(account, serverId);
}

/** The progress of the syncs of the accounts on screen; undefined while none runs. */
export function progressOf(state: State): SyncRun | undefined {
  const runs = shownAccounts(state).flatMap(({ syncs }) => syncs.run ?? []);
  if (runs.length === 0) {
    return undefined;
  }
  return {
    done: runs.reduce((sum, { done }) => sum + done, 0),
    total: runs.reduce((sum, { total }) => sum + total, 0),
  };
}

/** A server as the state holds it. */
export type ServerResource = Resource<Server>;
