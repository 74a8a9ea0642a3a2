import type { Emulator } from "../../harness/emulator.ts";

type Stored = Readonly<Record<string, unknown>>;

/** The servers as Cloudflare has them, read without the wire. */
export async function storedServers({ control }: Emulator): Promise<readonly Stored[]> {
  const [{ servers }] = (await control("GET", "state")) as [{ servers: readonly Stored[] }];
  return servers;
}

/** One of them; empty when it isn't there. */
export async function storedServer(emulator: Emulator, serverId: string): Promise<Stored> {
  return (await storedServers(emulator)).find(({ id }) => id === serverId) ?? {};
}
