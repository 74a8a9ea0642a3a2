import { mapConcurrent } from "../../base/async.ts";
import { Emitter, type Event } from "../../base/emitter.ts";
import type { CallOptions } from "../../domain/cloudflareClient.ts";
import type { Portal } from "../../domain/portals/portal.ts";
import { PERMISSIONS, type SurroundingFacts } from "../../domain/reach/chain.ts";
import { dnsFacts } from "./explain.ts";
import { look, type ReachClient, readApps, readDns } from "./look.ts";

/** Seconds between two reads. What stands beside portals changes rarely, and takes many requests. */
export const SLOW_PACE = 900;

const CONCURRENT = 2;

/** What was last read beside each portal of an account, for what is told without being asked. */
export class KnownSurroundings {
  readonly #api: ReachClient;
  readonly #portals: () => readonly Portal[];
  readonly #changed = new Emitter<void>();
  #all: ReadonlyMap<string, SurroundingFacts> = new Map();

  readonly onDidChange: Event<void> = this.#changed.event;

  /** @param portals those of the account; none until they are known */
  constructor(api: ReachClient, portals: () => readonly Portal[]) {
    this.#api = api;
    this.#portals = portals;
  }

  /** By the portal's id. Immutable. */
  get all(): ReadonlyMap<string, SurroundingFacts> {
    return this.#all;
  }

  /** True where nothing was read beside a portal. */
  get isMissing(): boolean {
    return this.#portals().some(({ id }) => !this.#all.has(id));
  }

  /**
   * Reads what stands beside all portals. What the credential may not read is no failure. Rejects only
   * when it is aborted.
   */
  async read(call: CallOptions): Promise<void> {
    const portals = this.#portals();
    if (portals.length === 0) {
      return;
    }
    const hostnames = portals.map(({ hostname }) => hostname);
    const servers = new Set(portals.flatMap(({ mappings }) => [...mappings.keys()]));
    const apps = await look(PERMISSIONS.access, () =>
      readApps(this.#api, hostnames, [...servers], call),
    );
    const read = await mapConcurrent(0, portals.length - 1, CONCURRENT, call.signal, {
      run: async (index, signal) => {
        const dns = await readDns(this.#api, hostnames[index] ?? "", { ...call, signal });
        const facts: SurroundingFacts = { apps, dns: dnsFacts(dns), probe: undefined };
        return [portals[index]?.id ?? "", facts] as const;
      },
      isLast: () => false,
    });
    this.#set(new Map(read));
  }

  /** Takes over what somebody has just read beside a portal. */
  learn(portalId: string, facts: SurroundingFacts): void {
    this.#set(new Map([...this.#all, [portalId, facts]]));
  }

  #set(all: ReadonlyMap<string, SurroundingFacts>): void {
    this.#all = all;
    this.#changed.fire();
  }
}
