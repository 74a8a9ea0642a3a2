import type { AccountId } from "../model/client/account.ts";
import type { CallOptions, Client } from "../model/client/client.ts";
import type { Server } from "../model/server/server.ts";
import type { UpstreamCredentials } from "../model/server/upstreamCredentials.ts";
import { readSettled, revisionOf, withReading } from "./settledRead.ts";
import type { Store } from "./store.ts";

/**
 * What is between Cloudflare and the upstream. Credentials pass by the edits and their journal:
 * there is nothing to merge them with, and nothing of them is kept.
 */
export class Upstream {
  readonly #store: Store;
  readonly #accountId: AccountId;
  readonly #client: Client;

  constructor(store: Store, accountId: AccountId, client: Client) {
    this.#store = store;
    this.#accountId = accountId;
    this.#client = client;
  }

  /** Resolves with the server as it reads afterwards. Rejects with an ApiError. */
  async setCredentials(serverId: string, credentials: UpstreamCredentials): Promise<Server> {
    await this.#client.updateServer(serverId, credentials);
    return this.reread(serverId);
  }

  /** Fetches one server into the state. */
  async reread(serverId: string, options?: CallOptions): Promise<Server> {
    const reading = await readSettled(
      () => revisionOf(this.#store.state, this.#accountId, serverId),
      () => this.#client.readServer(serverId, options),
    );
    this.#store.updateServer(this.#accountId, serverId, (state) => withReading(state, reading));
    return reading.server;
  }
}
