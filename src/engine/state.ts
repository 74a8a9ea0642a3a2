import type { Account, AccountId } from "../domain/account.ts";
import { type Filter, NO_FILTER } from "../domain/filter.ts";
import type { Resources } from "../domain/resources/kinds.ts";
import type { Collections, Resource } from "../domain/resources/resource.ts";
import type { Server } from "../domain/servers/server.ts";
import type { SyncReport } from "../domain/servers/syncReport.ts";

/** What is known of an account's credential. Nothing reveals either before the first refusal. */
export interface Access {
  /** A write was refused for want of permission: nothing can be changed until the credential is. */
  readonly readOnly: boolean;
  /** Cloudflare no longer takes the credential: what is on screen is old, and edits wait for another. */
  readonly refused: boolean;
}

export type SyncPhase = "waiting" | "running";

/** What is known of one server's syncs in this window. */
export interface ServerSync {
  readonly phase: SyncPhase | undefined;
  /** How the last sync that was asked for here ended; undefined when there is nothing to say. */
  readonly last: SyncReport | undefined;
}

export interface SyncRun {
  readonly total: number;
  readonly done: number;
}

export interface SyncState {
  /** Undefined while no sync runs. */
  readonly run: SyncRun | undefined;
  /** By server id. A server that isn't here was never synced in this window. */
  readonly servers: ReadonlyMap<string, ServerSync>;
}

export interface AccountState<Types = Resources> {
  readonly account: Account;
  readonly access: Access;
  readonly collections: Collections<Types>;
  readonly syncs: SyncState;
}

/** Everything that the screen is a function of. Replaced on every change, never mutated. */
export interface State<Types = Resources> {
  readonly accounts: ReadonlyMap<AccountId, AccountState<Types>>;
  readonly shown: AccountId | "all";
  /** False while accounts of the last window may still be missing. */
  readonly restored: boolean;
  /** Lives as long as the window: a filter of last week would hide rows that people miss. */
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

/** The same account with what has become known of its credential. */
export function withAccess<Types>(
  state: AccountState<Types>,
  change: Partial<Access>,
): AccountState<Types> {
  const access = { ...state.access, ...change };
  const same = access.readOnly === state.access.readOnly && access.refused === state.access.refused;
  return same ? state : { ...state, access };
}

/** The accounts that are on screen: all of them when the chosen one is no longer there. */
export function shownAccounts(state: State): readonly AccountState[] {
  const chosen = state.shown === "all" ? undefined : state.accounts.get(state.shown);
  if (chosen !== undefined) {
    return [chosen];
  }
  return state.shown === "all" || state.restored ? [...state.accounts.values()] : [];
}

/** Whether it is known that nothing of the account can be changed with its credential. */
export function isReadOnly(state: State, accountId: AccountId): boolean {
  return state.accounts.get(accountId)?.access.readOnly ?? false;
}

/** Whether the last refresh of an account's servers found no way to Cloudflare. */
export function isCutOff(state: State, accountId: AccountId): boolean {
  const account = state.accounts.get(accountId);
  return account?.collections.server.load.kind === "failed" && !account.access.refused;
}

const NO_SERVERS: ReadonlyMap<string, Resource<Server>> = new Map();

/** An account's servers in the order in which they are shown; none of an account that is gone. */
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

/** One object, so that servers without syncs compare by identity. */
const NO_SYNC: ServerSync = { phase: undefined, last: undefined };

export function syncOf({ syncs }: AccountState, serverId: string): ServerSync {
  return syncs.servers.get(serverId) ?? NO_SYNC;
}

export function findSync(state: State, accountId: AccountId, serverId: string): ServerSync {
  const account = state.accounts.get(accountId);
  return account === undefined ? NO_SYNC : syncOf(account, serverId);
}

/** How far the syncs of the accounts on screen are; undefined while none runs. */
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

/** A server as the state has it. */
export type ServerResource = Resource<Server>;
