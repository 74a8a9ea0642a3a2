import type { AccountId } from "../model/account.ts";
import type { Server } from "../model/server.ts";
import { countChanges, type SyncReport } from "../model/syncReport.ts";
import {
  type AccountState,
  findServer,
  type ServerState,
  type SyncPhase,
  type SyncRun,
  withTruth,
} from "./state.ts";
import type { Store } from "./store.ts";

/** A server as it was read, and its revision then: what is written later is newer than the read. */
export interface Reading {
  readonly server: Server;
  readonly revision: number;
}

/** What the state tells of an account's syncs: each server's, and how far all of them are. */
export class SyncBoard {
  readonly #store: Store;
  readonly #accountId: AccountId;

  constructor(store: Store, accountId: AccountId) {
    this.#store = store;
    this.#accountId = accountId;
  }

  truth(serverId: string): Server | undefined {
    return findServer(this.#store.state, this.#accountId, serverId)?.truth;
  }

  revision(serverId: string): number {
    return findServer(this.#store.state, this.#accountId, serverId)?.revision ?? 0;
  }

  begin(serverId: string): void {
    this.#count((run) => ({ ...run, total: run.total + 1 }));
    this.#update(serverId, (server) => ({ ...server, sync: "waiting", lastSync: undefined }));
  }

  setPhase(serverId: string, sync: SyncPhase): void {
    this.#update(serverId, (server) => ({ ...server, sync }));
  }

  /** `report` is undefined where nothing came about. */
  end(serverId: string, report?: SyncReport, reading?: Reading): void {
    this.#update(serverId, (server) => ({
      ...withReading(server, reading),
      sync: undefined,
      lastSync: report,
    }));
    this.#count((run) => ({ ...run, done: run.done + 1 }));
  }

  #update(serverId: string, change: (server: ServerState) => ServerState): void {
    this.#store.updateServer(this.#accountId, serverId, change);
  }

  #count(change: (run: SyncRun) => SyncRun): void {
    this.#store.updateAccount(this.#accountId, (account) => {
      const run = change(account.syncRun ?? { total: 0, done: 0 });
      return run.done < run.total ? { ...account, syncRun: run } : endRun(account);
    });
  }
}

function withReading(state: ServerState, reading: Reading | undefined): ServerState {
  if (reading?.revision !== state.revision) return state;
  return { ...withTruth(state, reading.server), revision: state.revision + 1 };
}

/** What a run leaves on the rows is what it changed: "synced" alone is of interest while it lasts. */
function endRun(account: AccountState): AccountState {
  const servers = new Map(
    [...account.servers].map(([id, server]) => [
      id,
      saysNothing(server.lastSync) ? { ...server, lastSync: undefined } : server,
    ]),
  );
  return { ...account, servers, syncRun: undefined };
}

function saysNothing(report: SyncReport | undefined): boolean {
  return report?.kind === "done" && countChanges(report.changes) === 0;
}
