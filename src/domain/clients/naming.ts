import type { Client } from "./client.ts";
import { PORTAL_IN_CLIENT } from "./clientIds.ts";

/** The name that a client uses for a tool: with its prefix and characters, and as long as it takes. */
export function toolNameIn(client: Client, exposedName: string, server: string): string {
  const { naming } = client;
  const most = longestName(client);
  const whole = naming.prefix(server) + exposedName;
  const name = naming.replaced === undefined ? whole : whole.replace(naming.replaced, "_");
  if (naming.shorten === undefined || most === undefined || name.length <= most) {
    return name;
  }
  return naming.shorten(name);
}

/** What a client adds to the length of an exposed name before it compares it with its limit. */
export function nameOverhead({ naming }: Client, server: string): number {
  return naming.prefix(server).length + (naming.counted?.(server) ?? 0);
}

/** The longest name that a client takes as it is; undefined where it has no limit. */
function longestName({ rules }: Client): number | undefined {
  for (const { match } of rules) {
    if (match.of === "nameLength") {
      return match.most;
    }
  }
  return undefined;
}

/** The longest exposed name that fits whatever the prefix is; infinite where there is no limit. */
export function longestExposedName(client: Client): number {
  const prefix = client.naming.longestPrefix ?? nameOverhead(client, PORTAL_IN_CLIENT);
  return (longestName(client) ?? Number.POSITIVE_INFINITY) - prefix;
}
