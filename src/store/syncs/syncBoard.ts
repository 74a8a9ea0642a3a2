import type { AccountId } from "../../model/client/account.ts";
import type { Server } from "../../model/server/server.ts";
import { countChanges, type SyncReport } from "../../model/syncReport.ts";
import { type Reading, revisionOf, withReading } from "../settledRead.ts";
import { type AccountState, findServer, type SyncPhase, type SyncRun } from "../state.ts";
import type { Store } from "../store.ts";

/** How the sync of one server ended. */
export interface Ended {
  readonly serverId: string;
  /** Undefined where nothing came about. */
  readonly report: SyncReport | undefined;
  readonly reading: Reading | undefined;
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
    return revisionOf(this.#store.state, this.#accountId, serverId);
  }

  /** However many they are, it's one change: whoever follows the state looks at all servers. */
  begin(serverIds: ReadonlySet<string>): void {
    if (serverIds.size === 0) return;
    this.#store.updateAccount(this.#accountId, (account) => {
      const servers = new Map(account.servers);
      for (const serverId of serverIds) {
        const server = servers.get(serverId);
        if (server === undefined) continue;
        servers.set(serverId, { ...server, sync: "waiting", lastSync: undefined });
      }
      const { total, done } = account.syncRun ?? NO_RUN;
      return { ...account, servers, syncRun: { total: total + serverIds.size, done } };
    });
  }

  setPhase(serverId: string, sync: SyncPhase): void {
    this.#store.updateServer(this.#accountId, serverId, (server) => ({ ...server, sync }));
  }

  end(all: readonly Ended[]): void {
    this.#store.updateAccount(this.#accountId, (account) => {
      const servers = new Map(account.servers);
      for (const { serverId, report, reading } of all) {
        const server = servers.get(serverId);
        if (server === undefined) continue;
        servers.set(serverId, {
          ...withReading(server, reading),
          sync: undefined,
          lastSync: report,
        });
      }
      const { total, done } = account.syncRun ?? NO_RUN;
      const syncRun = { total, done: done + all.length };
      return syncRun.done < total
        ? { ...account, servers, syncRun }
        : endRun({ ...account, servers });
    });
  }
}

const NO_RUN: SyncRun = { total: 0, done: 0 };

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
