import type { Server } from "../server.ts";
import type { IndexEntry, IndexKind } from "./rule.ts";

/** Nearly every key is one entry's alone. */
type Bucket = IndexEntry | IndexEntry[];

/**
 * What servers have in common. It tells which servers a change concerns, so that the others needn't
 * be looked at again.
 */
export class RuleIndex {
  readonly #kind: IndexKind;
  readonly #offers = new Map<string, Bucket>();
  /** Who looks up a key, mostly one server; not kept where everybody looks up what they offer. */
  readonly #askers = new Map<string, string | Set<string>>();
  readonly #offered = new Map<string, readonly IndexEntry[]>();
  readonly #asked = new Map<string, readonly IndexEntry[]>();

  constructor(kind: IndexKind) {
    this.#kind = kind;
  }

  /** Takes in a server as it is now, or forgets it; adds who else has to be judged again. */
  update(serverId: string, server: Server | undefined, concerned: Set<string>): void {
    const before = this.#offered.get(serverId) ?? [];
    const offers = server === undefined ? [] : this.#kind.offers(server);
    for (const entry of before) this.#drop(entry, concerned);
    for (const entry of offers) this.#offer(entry, concerned);
    if (server === undefined) this.#offered.delete(serverId);
    else this.#offered.set(serverId, offers);
    if (this.#kind.asks !== undefined) {
      this.#ask(serverId, server === undefined ? [] : [...this.#kind.asks(server)]);
    }
  }

  /** What a server looks up, with what is found there. */
  *lookups(serverId: string): Iterable<readonly [ask: IndexEntry, offers: readonly IndexEntry[]]> {
    const asks = this.#kind.asks === undefined ? this.#offered : this.#asked;
    for (const ask of asks.get(serverId) ?? []) {
      const bucket = this.#offers.get(ask.key);
      // One's own entry alone is company for nobody.
      if (bucket === undefined || bucket === ask) continue;
      yield [ask, Array.isArray(bucket) ? bucket : [bucket]];
    }
  }

  #ask(serverId: string, asks: readonly IndexEntry[]): void {
    for (const { key } of this.#asked.get(serverId) ?? []) this.#removeAsker(key, serverId);
    if (asks.length > 0) this.#asked.set(serverId, asks);
    else this.#asked.delete(serverId);
    for (const { key } of asks) this.#addAsker(key, serverId);
  }

  #addAsker(key: string, serverId: string): void {
    const known = this.#askers.get(key);
    if (known === undefined) this.#askers.set(key, serverId);
    else if (typeof known === "object") known.add(serverId);
    else if (known !== serverId) this.#askers.set(key, new Set([known, serverId]));
  }

  #removeAsker(key: string, serverId: string): void {
    const known = this.#askers.get(key);
    if (known === serverId) this.#askers.delete(key);
    else if (typeof known === "object" && known.delete(serverId) && known.size === 0) {
      this.#askers.delete(key);
    }
  }

  #offer(entry: IndexEntry, concerned: Set<string>): void {
    const known = this.#offers.get(entry.key);
    if (known === undefined) this.#offers.set(entry.key, entry);
    else if (Array.isArray(known)) known.push(entry);
    else this.#offers.set(entry.key, [known, entry]);
    this.#tell(entry.key, known, concerned);
  }

  #drop(entry: IndexEntry, concerned: Set<string>): void {
    const known = this.#offers.get(entry.key);
    const rest = Array.isArray(known) ? known.filter((other) => other !== entry) : [];
    const [only, second] = rest;
    if (only === undefined) this.#offers.delete(entry.key);
    else this.#offers.set(entry.key, second === undefined ? only : rest);
    this.#tell(entry.key, rest, concerned);
  }

  #tell(key: string, others: Bucket | undefined, concerned: Set<string>): void {
    if (this.#kind.asks !== undefined) {
      if (this.#askers.size === 0) return;
      const askers = this.#askers.get(key);
      if (typeof askers === "string") concerned.add(askers);
      else if (askers !== undefined) for (const asker of askers) concerned.add(asker);
    } else if (Array.isArray(others)) {
      for (const { server } of others) concerned.add(server.id);
    } else if (others !== undefined) concerned.add(others.server.id);
  }
}
