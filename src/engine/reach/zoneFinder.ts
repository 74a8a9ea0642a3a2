import { type Zone, zoneNamesOf } from "../../domain/access/dns.ts";
import type { CallOptions, CloudflareClient } from "../../domain/cloudflareClient.ts";

/**
 * Finds the zones of hosts during one look at what stands beside portals. Most portals of an account
 * are on hosts of one zone, so each name is asked for once. Lives no longer than the look, since zones
 * may be added until the next one.
 */
export class ZoneFinder {
  readonly #api: Pick<CloudflareClient, "findZone">;
  readonly #asked = new Map<string, Promise<Zone | undefined>>();

  constructor(api: Pick<CloudflareClient, "findZone">) {
    this.#api = api;
  }

  /**
   * The zone of a host; undefined where none can be seen.
   * @param call the hosts of a look are given up together, so whichever asks first may ask for all
   */
  async of(hostname: string, call: CallOptions): Promise<Zone | undefined> {
    for (const name of zoneNamesOf(hostname)) {
      const zone = await this.#named(name, call);
      if (zone !== undefined) {
        return zone;
      }
    }
    return undefined;
  }

  async #named(name: string, call: CallOptions): Promise<Zone | undefined> {
    const asked = this.#asked.get(name) ?? this.#api.findZone(name, call);
    this.#asked.set(name, asked);
    try {
      return await asked;
    } catch (error) {
      // One request that fails isn't to leave all portals without their zone.
      if (this.#asked.get(name) === asked) {
        this.#asked.delete(name);
      }
      throw error;
    }
  }
}
