import type { Client } from "./client.ts";

/** What happens around each call. `writes` is true for a call that needs more than the right to read. */
export type Around = <T>(call: (client: Client) => Promise<T>, writes: boolean) => Promise<T>;

/** A client whose every call goes through one function, which also says what client is asked. */
export function throughClient(around: Around): Client {
  return {
    listServers: (o) => around((client) => client.listServers(o), false),
    readServer: (id, o) => around((client) => client.readServer(id, o), false),
    createServer: (server, o) => around((client) => client.createServer(server, o), true),
    updateServer: (id, patch, o) => around((client) => client.updateServer(id, patch, o), true),
    deleteServer: (id, o) => around((client) => client.deleteServer(id, o), true),
    syncServer: (id, o) => around((client) => client.syncServer(id, o), true),
    listPortals: (o) => around((client) => client.listPortals(o), false),
    readPortal: (id, o) => around((client) => client.readPortal(id, o), false),
  };
}
