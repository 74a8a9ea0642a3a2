import type { AccountId } from "../domain/account.ts";
import type { CloudflareClient, Connection } from "../domain/cloudflareClient.ts";
import type { TransportOptions } from "./transport/createTransport.ts";

/**
 * Costs nothing until the first call: undici, the schemas and all else are a chunk of their own.
 * A root or credential that nothing may be sent with makes each call reject, not this one throw.
 */
export function connect(options: TransportOptions): Connection {
  let opened: ReturnType<typeof open> | undefined;
  let closed = false;
  const ready = async () => {
    if (closed) {
      throw new DOMException("The connection was closed", "AbortError");
    }
    opened ??= open(options);
    return opened;
  };
  const clientOf = (account: AccountId): CloudflareClient => {
    const client = async () => (await ready()).client(account);
    return {
      listServers: async (o) => (await client()).listServers(o),
      readServer: async (id, o) => (await client()).readServer(id, o),
      createServer: async (server, o) => (await client()).createServer(server, o),
      updateServer: async (id, patch, o) => (await client()).updateServer(id, patch, o),
      deleteServer: async (id, o) => (await client()).deleteServer(id, o),
      syncServer: async (id, o) => (await client()).syncServer(id, o),
      listPortals: async (o) => (await client()).listPortals(o),
      readPortal: async (id, o) => (await client()).readPortal(id, o),
    };
  };
  return {
    accounts: {
      listAccounts: async (o) => (await ready()).accounts.listAccounts(o),
      verifyUserToken: async (o) => (await ready()).accounts.verifyUserToken(o),
      verifyAccountToken: async (id, o) => (await ready()).accounts.verifyAccountToken(id, o),
    },
    client: clientOf,
    async close() {
      closed = true;
      await (await opened?.catch(() => undefined))?.close();
    },
  };
}

async function open(options: TransportOptions) {
  const { createTransport, createClient, createAccountsClient } = await import("./lazy.ts");
  const transport = createTransport(options);
  return {
    accounts: createAccountsClient(transport),
    client: (account: AccountId) => createClient(transport, account),
    close: () => transport.close(),
  };
}

export type { TransportOptions } from "./transport/createTransport.ts";
export type { NetworkSettings } from "./transport/network.ts";
