import type { Account, AccountId } from "../domain/account.ts";
import { applyEdit, type FieldChange } from "../domain/changes/change.ts";
import type { Refusal } from "../domain/changes/merge.ts";
import { type Filter, NO_FILTER } from "../domain/filter.ts";
import type { Server } from "../domain/servers/server.ts";
import type { SyncReport } from "../domain/servers/syncReport.ts";

/** How the last attempt to fetch an account's servers went. */
export type Load =
  /** `lastGood` is from when the data of an earlier window is, in ms since 1970. */
  | { readonly kind: "loading"; readonly lastGood?: number }
  | { readonly kind: "loaded" }
  /** `lastGood` is from when the data on screen is, in ms since 1970; undefined when there is none. */
  | { readonly kind: "failed"; readonly error: unknown; readonly lastGood: number | undefined };

export type SyncPhase = "waiting" | "running";

export interface ServerState {
  /** What people see: the truth with every pending edit on it. */
  readonly optimistic: Server;
  /** As last read from Cloudflare. */
  readonly remote: Server;
  /** Edits that aren't saved yet, oldest first. */
  readonly pending: readonly (readonly FieldChange[])[];
  readonly sync: SyncPhase | undefined;
  /** How the last sync that was asked for here ended; undefined when there is nothing to say. */
  readonly lastSync: SyncReport | undefined;
  /** Why Cloudflare refused the last write, until the next save or refresh. */
  readonly refusals: readonly Refusal[];
  /** Grows with every read or write of this one server: a list that began earlier is stale for it. */
  readonly revision: number;
}

export interface SyncRun {
  readonly total: number;
  readonly done: number;
}

/** What is known of an account's credential. Nothing reveals either before the first refusal. */
export interface Access {
  /** A write was refused for want of permission: nothing can be changed until the credential is. */
  readonly readOnly: boolean;
  /** Cloudflare no longer takes the credential: what is on screen is old, and edits wait for another. */
  readonly refused: boolean;
}

export interface AccountState {
  readonly account: Account;
  readonly access: Access;
  readonly load: Load;
  /** By id, in the order in which they are shown. */
  readonly servers: ReadonlyMap<string, ServerState>;
  /** Grows when a server is added or deleted here: a list that began earlier doesn't know of it. */
  readonly membership: number;
  /** Undefined while no sync runs. */
  readonly syncRun: SyncRun | undefined;
}

/** Everything that the screen is a function of. Replaced on every change, never mutated. */
export interface State {
  readonly accounts: ReadonlyMap<AccountId, AccountState>;
  readonly shown: AccountId | "all";
  /** False while accounts of the last window may still be missing. */
  readonly restored: boolean;
  /** Lives as long as the window: rows that a filter of last week hides would count as lost. */
  readonly filter: Filter;
}

export const EMPTY_STATE: State = {
  accounts: new Map(),
  shown: "all",
  restored: false,
  filter: NO_FILTER,
};

export function newAccountState(account: Account): AccountState {
  const access = { readOnly: false, refused: false };
  return {
    account,
    access,
    load: { kind: "loading" },
    servers: new Map(),
    membership: 0,
    syncRun: undefined,
  };
}

/** The same account with what has become known of its credential. */
export function withAccess(state: AccountState, change: Partial<Access>): AccountState {
  const access = { ...state.access, ...change };
  const same = access.readOnly === state.access.readOnly && access.refused === state.access.refused;
  return same ? state : { ...state, access };
}

/** One object, so that states without refusals compare by identity. */
export const NONE: readonly Refusal[] = [];

export function newServerState(remote: Server): ServerState {
  return {
    optimistic: remote,
    remote,
    pending: [],
    sync: undefined,
    lastSync: undefined,
    refusals: NONE,
    revision: 0,
  };
}

/** The same server state with another remote value or other pending edits; `optimistic` follows from both. */
export function withRemote(
  state: ServerState,
  remote: Server,
  pending: ServerState["pending"] = state.pending,
): ServerState {
  return { ...state, remote, pending, optimistic: pending.reduce(applyEdit, remote) };
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

/** Whether the last refresh of an account found no way to Cloudflare. */
export function isCutOff(state: State, accountId: AccountId): boolean {
  const account = state.accounts.get(accountId);
  return account?.load.kind === "failed" && !account.access.refused;
}

export function findServer(
  state: State,
  accountId: AccountId,
  serverId: string,
): ServerState | undefined {
  return state.accounts.get(accountId)?.servers.get(serverId);
}

/** How far the syncs of the accounts on screen are; undefined while none runs. */
export function progressOf(state: State): SyncRun | undefined {
  const runs = shownAccounts(state).flatMap(({ syncRun }) => syncRun ?? []);
  if (runs.length === 0) {
    return undefined;
  }
  return {
    done: runs.reduce((sum, { done }) => sum + done, 0),
    total: runs.reduce((sum, { total }) => sum + total, 0),
  };
}
