import type { IndexEntry, Offers } from "./rule.ts";

/** Nearly every key is one entry's alone. */
type Bucket = IndexEntry | Map<string, readonly IndexEntry[]>;

/** What servers offer, by key. Thousands of tools may share one: nothing here goes through them. */
export class OffersByKey {
  readonly #buckets = new Map<string, Bucket>();

  /** Undefined where there is nothing, or nothing but the entry that asks. */
  beside(ask: IndexEntry): Offers | undefined {
    const known = this.#buckets.get(ask.key);
    return known === undefined || known === ask ? undefined : byServer(known);
  }

  serversAt(key: string): Iterable<string> {
    const known = this.#buckets.get(key);
    if (known === undefined) return [];
    return "key" in known ? [known.server.id] : known.keys();
  }

  /** Whether the server has offered nothing under this key before. */
  add(entry: IndexEntry, serverId: string): boolean {
    const { key } = entry;
    const known = this.#buckets.get(key);
    if (known === undefined) {
      this.#buckets.set(key, entry);
      return true;
    }
    const offers = byServer(known);
    const own = offers.get(serverId);
    if (!isWorthKeeping(own, entry)) return false;
    offers.set(serverId, [...(own ?? []), entry]);
    this.#buckets.set(key, offers);
    return own === undefined;
  }

  /** Whether the server offered something under this key. */
  remove(key: string, serverId: string): boolean {
    const known = this.#buckets.get(key);
    if (known === undefined) return false;
    const offers = byServer(known);
    if (!offers.delete(serverId)) return false;
    if (offers.size === 0) this.#buckets.delete(key);
    return true;
  }
}

function byServer(bucket: Bucket): Map<string, readonly IndexEntry[]> {
  return "key" in bucket ? new Map([[bucket.server.id, [bucket]]]) : bucket;
}

function isWorthKeeping(own: readonly IndexEntry[] | undefined, { shown }: IndexEntry): boolean {
  const [first, second] = own ?? [];
  if (first === undefined) return true;
  return second === undefined && first.shown.exposedName !== shown.exposedName;
}
