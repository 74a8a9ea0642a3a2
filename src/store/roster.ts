import type { AccountId } from "../model/client/account.ts";
import type { Client } from "../model/client/client.ts";
import { isApiError } from "../model/client/failure.ts";
import type { NewServer, Server } from "../model/server/server.ts";
import { sorted } from "./refresh/reconcile.ts";
import { newServerState, type ServerState } from "./state.ts";
import type { Store } from "./store.ts";

/** Which servers there are: adding and deleting. Neither can be undone, so the journal has neither. */
export class Roster {
  readonly #store: Store;
  readonly #accountId: AccountId;
  readonly #client: Client;

  constructor(store: Store, accountId: AccountId, client: Client) {
    this.#store = store;
    this.#accountId = accountId;
    this.#client = client;
  }

  /** Rejects with an ApiError. */
  async add(server: NewServer): Promise<Server> {
    const created = await this.#client.createServer(server);
    this.#change((servers) => servers.set(created.id, newServerState(created)));
    return created;
  }

  /** Rejects with an ApiError. A server that is gone already is what was wanted. */
  async remove(serverId: string): Promise<void> {
    try {
      await this.#client.deleteServer(serverId);
    } catch (error) {
      if (!isApiError(error) || error.kind !== "notFound") throw error;
    }
    this.#change((servers) => servers.delete(serverId));
  }

  /** Names of the portals that have this server. Rejects with an ApiError. */
  async portalsOf(serverId: string): Promise<readonly string[]> {
    const { items } = await this.#client.listPortals();
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
