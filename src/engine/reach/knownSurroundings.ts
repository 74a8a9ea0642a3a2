import { Emitter, type Event } from "../../base/emitter.ts";
import type { CallOptions } from "../../domain/cloudflareClient.ts";
import type { Portal } from "../../domain/portals/portal.ts";
import type { KnownFacts, SurroundingFacts } from "../../domain/reach/chain.ts";
import type { ReachClient } from "./look.ts";

/** Seconds between two reads. What stands beside portals changes rarely, and takes many requests. */
export const SLOW_PACE = 900;

/** What was last read beside each portal of an account, for what is told without being asked. */
export class KnownSurroundings {
  readonly #api: ReachClient;
  readonly #portals: () => readonly Portal[];
  readonly #changed = new Emitter<void>();
  #all: ReadonlyMap<string, KnownFacts> = new Map();

  readonly onDidChange: Event<void> = this.#changed.event;

  /** @param portals those of the account; none until they are known */
  constructor(api: ReachClient, portals: () => readonly Portal[]) {
    this.#api = api;
    this.#portals = portals;
  }

  /** By the portal's id. Immutable. */
  get all(): ReadonlyMap<string, KnownFacts> {
    return this.#all;
  }

  /** True where nothing was read beside a portal, or it has another host since. */
  get isMissing(): boolean {
    return this.#portals().some(({ id, hostname }) => this.#all.get(id)?.hostname !== hostname);
  }

  /**
   * Reads what stands beside all portals. What the credential may not read is no failure. Rejects only
   * when it is aborted.
   */
  async read(call: CallOptions): Promise<void> {
    const portals = this.#portals();
    if (portals.length > 0) {
      const { readBeside } = await import("./readBeside.ts");
      this.#set(await readBeside(this.#api, portals, call));
    }
  }

  /** Takes over what somebody has just read beside a portal. */
  learn({ id, hostname }: Portal, facts: SurroundingFacts): void {
    this.#set(new Map([...this.#all, [id, { ...facts, hostname }]]));
  }

  #set(all: ReadonlyMap<string, KnownFacts>): void {
    this.#all = all;
    this.#changed.fire();
  }
}
