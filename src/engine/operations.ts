import type { AccountId } from "../domain/account.ts";
import { isApiError } from "../domain/apiError.ts";
import type { CallOptions, CloudflareClient } from "../domain/cloudflareClient.ts";
import type { NewServer, Server } from "../domain/servers/server.ts";
import type { UpstreamCredentials } from "../domain/servers/upstreamCredentials.ts";
import { sorted } from "./refresh.ts";
import { findServer, newServerState, type ServerState, type State, withRemote } from "./state.ts";
import type { Store } from "./store.ts";

/** Which servers there are: adding and deleting. Neither can be undone, so the journal has neither. */
export class Roster {
  readonly #store: Store;
  readonly #accountId: AccountId;
  readonly #api: CloudflareClient;

  constructor(store: Store, accountId: AccountId, api: CloudflareClient) {
    this.#store = store;
    this.#accountId = accountId;
    this.#api = api;
  }

  /** Rejects with an ApiError. */
  async add(server: NewServer): Promise<Server> {
    const created = await this.#api.createServer(server);
    this.#change((servers) => servers.set(created.id, newServerState(created)));
    return created;
  }

  /** Rejects with an ApiError. A server that is gone already is what was wanted. */
  async remove(serverId: string): Promise<void> {
    try {
      await this.#api.deleteServer(serverId);
    } catch (error) {
      if (!isApiError(error) || error.kind !== "notFound") {
        throw error;
      }
    }
    this.#change((servers) => servers.delete(serverId));
  }

  /** Names of the portals that have this server. Rejects with an ApiError. */
  async portalsOf(serverId: string): Promise<readonly string[]> {
    const { items } = await this.#api.listPortals();
    return items
      .filter(({ servers }) => servers.some(({ server }) => server.id === serverId))
      .map(({ name }) => name);
  }

  #change(change: (servers: Map<string, ServerState>) => unknown): void {
    this.#store.updateAccount(this.#accountId, (account) => {
      const servers = new Map(account.servers);
      change(servers);
      return {
        ...account,
        servers: sorted(servers.values()),
        membership: account.membership + 1,
      };
    });
  }
}

/**
 * What is between Cloudflare and the upstream. Credentials pass by the edits and their journal:
 * there is nothing to merge them with, and nothing of them is kept.
 */
export class Upstream {
  readonly #store: Store;
  readonly #accountId: AccountId;
  readonly #api: CloudflareClient;

  constructor(store: Store, accountId: AccountId, api: CloudflareClient) {
    this.#store = store;
    this.#accountId = accountId;
    this.#api = api;
  }

  /** Resolves with the server as it reads afterwards. Rejects with an ApiError. */
  async setCredentials(serverId: string, credentials: UpstreamCredentials): Promise<Server> {
    await this.#api.updateServer(serverId, credentials);
    return this.reread(serverId);
  }

  /** Fetches one server into the state. */
  async reread(serverId: string, options?: CallOptions): Promise<Server> {
    const reading = await readSettled(
      () => revisionOf(this.#store.state, this.#accountId, serverId),
      () => this.#api.readServer(serverId, options),
    );
    this.#store.updateServer(this.#accountId, serverId, (state) => withReading(state, reading));
    return reading.server;
  }
}

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
    if (before === revision()) {
      return { server, revision: before };
    }
  }
}

/** The same server state as it was read, unless something newer came in between. */
export function withReading(state: ServerState, reading: Reading | undefined): ServerState {
  if (reading?.revision !== state.revision) {
    return state;
  }
  return { ...withRemote(state, reading.server), revision: state.revision + 1 };
}
