import type { Server } from "../servers/server.ts";
import { type IndexEntry, type IndexKind, NOTHING, type Offers } from "./rule.ts";
import type { NamingText } from "./texts.ts";

/** A server as an index takes it in. */
export interface Indexed {
  readonly server: Server;
  readonly isAlone: boolean;
  readonly naming: readonly NamingText[];
}

/**
 * Keys that servers share. It tells which servers a change concerns, so that the others needn't be
 * checked again.
 */
export class RuleIndex {
  readonly #kind: IndexKind;
  readonly #offers = new OffersByKey();
  /**
   * The servers that look up a key, mostly one. Made when an offer first changes, because the first
   * check of an account looks everything up. Not used where every server looks up its own offers.
   */
  #askers: Map<string, string | Set<string>> | undefined;
  readonly #offered = new Map<string, readonly IndexEntry[]>();
  readonly #asked = new Map<string, readonly IndexEntry[]>();

  constructor(kind: IndexKind) {
    this.#kind = kind;
  }

  /**
   * Takes in a server, or removes it where it is undefined. Adds the other servers that have to be
   * checked again to `concerned`, which is left out where all of them are.
   */
  update(serverId: string, indexed: Indexed | undefined, concerned: Set<string> | undefined): void {
    const before = this.#offered.get(serverId) ?? NOTHING;
    const offers =
      indexed === undefined ? NOTHING : this.#kind.offers(indexed.server, indexed.isAlone);
    for (const { key } of before) {
      if (this.#offers.remove(key, serverId)) {
        this.#tell(key, concerned);
      }
    }
    for (const entry of offers) {
      if (this.#offers.add(entry, serverId)) {
        this.#tell(entry.key, concerned);
      }
    }
    if (indexed === undefined) {
      this.#offered.delete(serverId);
    } else {
      this.#offered.set(serverId, offers);
    }
    if (this.#kind.asks !== undefined) {
      const asks = indexed && this.#kind.asks(indexed.server, indexed.naming);
      this.#ask(serverId, [...(asks ?? NOTHING)]);
    }
  }

  /** The keys that a server looks up, with the offers found there. */
  *lookups(serverId: string): Iterable<readonly [ask: IndexEntry, offers: Offers]> {
    const asks = this.#kind.asks === undefined ? this.#offered : this.#asked;
    for (const ask of asks.get(serverId) ?? []) {
      const offers = this.#offers.beside(ask);
      if (offers !== undefined) {
        yield [ask, offers];
      }
    }
  }

  #ask(serverId: string, asks: readonly IndexEntry[]): void {
    for (const { key } of this.#asked.get(serverId) ?? []) {
      this.#removeAsker(key, serverId);
    }
    if (asks.length > 0) {
      this.#asked.set(serverId, asks);
    } else {
      this.#asked.delete(serverId);
    }
    if (this.#askers !== undefined) {
      for (const { key } of asks) {
        addAsker(this.#askers, key, serverId);
      }
    }
  }

  #allAskers(): Map<string, string | Set<string>> {
    const askers = new Map<string, string | Set<string>>();
    for (const [serverId, asks] of this.#asked) {
      for (const { key } of asks) {
        addAsker(askers, key, serverId);
      }
    }
    return askers;
  }

  #removeAsker(key: string, serverId: string): void {
    const known = this.#askers?.get(key);
    if (known === serverId) {
      this.#askers?.delete(key);
    } else if (typeof known === "object" && known.delete(serverId) && known.size === 0) {
      this.#askers?.delete(key);
    }
  }

  /** Tells each server once, however many of its tools have the key. */
  #tell(key: string, concerned: Set<string> | undefined): void {
    if (concerned === undefined) {
      return;
    }
    if (this.#kind.asks === undefined) {
      for (const serverId of this.#offers.serversAt(key)) {
        concerned.add(serverId);
      }
      return;
    }
    this.#askers ??= this.#allAskers();
    const askers = this.#askers.get(key);
    if (typeof askers === "string") {
      concerned.add(askers);
    } else if (askers !== undefined) {
      for (const asker of askers) {
        concerned.add(asker);
      }
    }
  }
}

function addAsker(askers: Map<string, string | Set<string>>, key: string, serverId: string): void {
  const known = askers.get(key);
  if (known === undefined) {
    askers.set(key, serverId);
  } else if (typeof known === "object") {
    known.add(serverId);
  } else if (known !== serverId) {
    askers.set(key, new Set([known, serverId]));
  }
}

/** Nearly every key has one entry, which is then stored without a Map. */
type Bucket = IndexEntry | Map<string, readonly IndexEntry[]>;

/**
 * The offers of servers, by key. Thousands of tools may share a key, so nothing here loops over
 * them.
 */
class OffersByKey {
  readonly #buckets = new Map<string, Bucket>();

  /** Undefined where the key has no entry other than `ask`. */
  beside(ask: IndexEntry): Offers | undefined {
    const known = this.#buckets.get(ask.key);
    return known === undefined || known === ask ? undefined : byServer(known);
  }

  serversAt(key: string): Iterable<string> {
    const known = this.#buckets.get(key);
    if (known === undefined) {
      return [];
    }
    return "key" in known ? [known.server.id] : known.keys();
  }

  /** True when the server had offered nothing under this key. */
  add(entry: IndexEntry, serverId: string): boolean {
    const { key } = entry;
    const known = this.#buckets.get(key);
    if (known === undefined) {
      this.#buckets.set(key, entry);
      return true;
    }
    const offers = byServer(known);
    const own = offers.get(serverId);
    if (!isWorthKeeping(own, entry)) {
      return false;
    }
    offers.set(serverId, [...(own ?? []), entry]);
    this.#buckets.set(key, offers);
    return own === undefined;
  }

  /** True when the server had offered something under this key. */
  remove(key: string, serverId: string): boolean {
    const known = this.#buckets.get(key);
    if (known === undefined) {
      return false;
    }
    const offers = byServer(known);
    if (!offers.delete(serverId)) {
      return false;
    }
    if (offers.size === 0) {
      this.#buckets.delete(key);
    }
    return true;
  }
}

function byServer(bucket: Bucket): Map<string, readonly IndexEntry[]> {
  return "key" in bucket ? new Map([[bucket.server.id, [bucket]]]) : bucket;
}

function isWorthKeeping(own: readonly IndexEntry[] | undefined, { shown }: IndexEntry): boolean {
  const [first, second] = own ?? [];
  if (first === undefined) {
    return true;
  }
  return second === undefined && first.shown.exposedName !== shown.exposedName;
}
