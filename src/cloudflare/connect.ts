import type { AccountId } from "../domain/account.ts";
import { type Connection, wrapAccountsClient, wrapClient } from "../domain/cloudflareClient.ts";
import type { TransportOptions } from "./transport/createTransport.ts";

/**
 * Opens connections and holds what they share: the rate limiters and the certificates of the
 * operating system. undici and the schemas are a separate chunk, which the first call loads: 760 kB,
 * three times what activation loads.
 */
export class Connector {
  #loaded: ReturnType<typeof load> | undefined;

  /** Never throws. With an unsafe root or credential each call rejects. */
  connect(options: TransportOptions): Connection {
    let opened: Promise<Connection> | undefined;
    let closed = false;
    const ready = async () => {
      if (closed) {
        throw new DOMException("The connection was closed", "AbortError");
      }
      opened ??= this.#open(options);
      return opened;
    };
    return {
      accounts: wrapAccountsClient(async (call) => call((await ready()).accounts)),
      client: (account: AccountId) =>
        wrapClient(async (call) => call((await ready()).client(account))),
      async close() {
        closed = true;
        await (await opened?.catch(() => undefined))?.close();
      },
    };
  }

  /** Sends the next requests although Cloudflare asked to wait, because a person wants to try. */
  async ignoreRateLimits(): Promise<void> {
    const loaded = await this.#loaded;
    loaded?.shared.rateLimiters.reset();
  }

  async #open(options: TransportOptions): Promise<Connection> {
    this.#loaded ??= load();
    const { openConnection, shared } = await this.#loaded;
    return openConnection(options, shared);
  }
}

async function load() {
  const { createShared, openConnection } = await import("./client.ts");
  return { openConnection, shared: createShared() };
}
