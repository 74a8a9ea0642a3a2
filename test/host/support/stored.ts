import type { Emulator } from "../../harness/emulator.ts";

type Stored = Readonly<Record<string, unknown>>;

/** The servers at Cloudflare, read without a request of the API. */
export async function storedServers({ control }: Emulator): Promise<readonly Stored[]> {
  const [{ servers }] = (await control("GET", "state")) as [{ servers: readonly Stored[] }];
  return servers;
}

/** One of the servers; empty where it doesn't exist. */
export async function storedServer(emulator: Emulator, serverId: string): Promise<Stored> {
  return (await storedServers(emulator)).find(({ id }) => id === serverId) ?? {};
}
