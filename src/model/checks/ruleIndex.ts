import type { Server } from "../server.ts";
import { asFound, type RawFinding } from "./check.ts";
import type { AccountRule, IndexEntry } from "./rule.ts";

/**
 * The index of one rule that looks across servers. It tells which servers a change concerns, so
 * that the others needn't be looked at again.
 */
export class RuleIndex {
  readonly #rule: AccountRule;
  readonly #offers = new Map<string, IndexEntry[]>();
  readonly #askers = new Map<string, Set<string>>();
  readonly #asked = new Map<string, readonly IndexEntry[]>();
  readonly #offered = new Map<string, readonly IndexEntry[]>();

  constructor(rule: AccountRule) {
    this.#rule = rule;
  }

  /** Takes in a server as it is now, or forgets it; adds who else has to be judged again. */
  update(serverId: string, server: Server | undefined, concerned: Set<string>): void {
    const before = this.#offered.get(serverId) ?? [];
    const offers = server === undefined ? [] : [...this.#rule.offers(server)];
    for (const entry of before) this.#drop(entry);
    for (const entry of offers) this.#offer(entry);
    if (offers.length > 0) this.#offered.set(serverId, offers);
    else this.#offered.delete(serverId);
    this.#ask(serverId, server, offers);
    for (const { key } of [...before, ...offers]) {
      for (const asker of this.#askers.get(key) ?? []) concerned.add(asker);
    }
  }

  judge(serverId: string): readonly RawFinding[] {
    return (this.#asked.get(serverId) ?? []).flatMap((ask) => {
      const offers = this.#offers.get(ask.key);
      const hit = offers && this.#rule.judge(ask, offers);
      return hit === undefined ? [] : asFound(this.#rule, hit);
    });
  }

  #ask(serverId: string, server: Server | undefined, offers: readonly IndexEntry[]): void {
    for (const { key } of this.#asked.get(serverId) ?? []) {
      const askers = this.#askers.get(key);
      askers?.delete(serverId);
      if (askers?.size === 0) this.#askers.delete(key);
    }
    const asks =
      server === undefined || this.#rule.asks === undefined ? offers : [...this.#rule.asks(server)];
    if (asks.length > 0) this.#asked.set(serverId, asks);
    else this.#asked.delete(serverId);
    for (const { key } of asks) {
      const askers = this.#askers.get(key);
      if (askers === undefined) this.#askers.set(key, new Set([serverId]));
      else askers.add(serverId);
    }
  }

  #offer(entry: IndexEntry): void {
    const known = this.#offers.get(entry.key);
    if (known === undefined) this.#offers.set(entry.key, [entry]);
    else known.push(entry);
  }

  #drop(entry: IndexEntry): void {
    const rest = (this.#offers.get(entry.key) ?? []).filter((known) => known !== entry);
    if (rest.length === 0) this.#offers.delete(entry.key);
    else this.#offers.set(entry.key, rest);
  }
}
