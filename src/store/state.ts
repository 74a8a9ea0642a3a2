import type { Account, AccountId } from "../model/account.ts";
import { applyEdit, type Edit } from "../model/edit.ts";
import type { Server } from "../model/server.ts";

/** How the last attempt to fetch an account's servers went. */
export type Load =
  | { readonly kind: "loading" }
  | { readonly kind: "loaded" }
  /** `lastGood` is from when the data on screen is, in ms since 1970; undefined when there is none. */
  | { readonly kind: "failed"; readonly error: unknown; readonly lastGood: number | undefined };

export type SyncPhase = "waiting" | "running";

export interface ServerState {
  /** What people see: the truth with every pending edit on it. */
  readonly server: Server;
  /** As last read from Cloudflare. */
  readonly truth: Server;
  /** Edits that aren't saved yet, oldest first. */
  readonly pending: readonly Edit[];
  readonly sync: SyncPhase | undefined;
  /** Grows with every read or write of this one server: a list that began earlier is stale for it. */
  readonly revision: number;
}

export interface SyncRun {
  readonly total: number;
  readonly done: number;
}

export interface AccountState {
  readonly account: Account;
  readonly load: Load;
  /** By id, in the order in which they are shown. */
  readonly servers: ReadonlyMap<string, ServerState>;
  /** Undefined while no sync runs. */
  readonly syncRun: SyncRun | undefined;
}

/** Everything that the screen is a function of. Replaced on every change, never mutated. */
export interface State {
  readonly accounts: ReadonlyMap<AccountId, AccountState>;
  readonly shown: AccountId | "all";
}

export const EMPTY_STATE: State = { accounts: new Map(), shown: "all" };

export function newAccountState(account: Account): AccountState {
  return { account, load: { kind: "loading" }, servers: new Map(), syncRun: undefined };
}

export function newServerState(truth: Server): ServerState {
  return { server: truth, truth, pending: [], sync: undefined, revision: 0 };
}

/** The same server state with another truth or other pending edits; `server` follows from both. */
export function withTruth(
  state: ServerState,
  truth: Server,
  pending: readonly Edit[] = state.pending,
): ServerState {
  return { ...state, truth, pending, server: pending.reduce(applyEdit, truth) };
}

/** The accounts that are on screen. */
export function shownAccounts(state: State): readonly AccountState[] {
  const chosen = state.shown === "all" ? undefined : state.accounts.get(state.shown);
  return chosen === undefined ? [...state.accounts.values()] : [chosen];
}

export function findServer(
  state: State,
  accountId: AccountId,
  serverId: string,
): ServerState | undefined {
  return state.accounts.get(accountId)?.servers.get(serverId);
}
