import type { AccountId } from "../model/client/account.ts";
import type { Server } from "../model/server/server.ts";
import { findServer, type ServerState, type State, withTruth } from "./state.ts";

/** A server as it was read, and its revision then: what is written later is newer than the read. */
export interface Reading {
  readonly server: Server;
  readonly revision: number;
}

export function revisionOf(state: State, accountId: AccountId, serverId: string): number {
  return findServer(state, accountId, serverId)?.revision ?? 0;
}

/** A read that a write overtook is old, so it is read again. */
export async function readSettled(
  revision: () => number,
  read: () => Promise<Server>,
): Promise<Reading> {
  for (;;) {
    const before = revision();
    const server = await read();
    if (before === revision()) return { server, revision: before };
  }
}

/** The same server state as it was read, unless something newer came in between. */
export function withReading(state: ServerState, reading: Reading | undefined): ServerState {
  if (reading?.revision !== state.revision) return state;
  return { ...withTruth(state, reading.server), revision: state.revision + 1 };
}
