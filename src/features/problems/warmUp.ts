import { TimeSlicer } from "../../base/async.ts";
import type { Server } from "../../domain/servers/server.ts";

/** The most tools and prompts that are checked together, which takes a few milliseconds. */
const AT_ONCE = 300;

interface WarmUpHost {
  /** All current servers. */
  servers(): readonly Server[];
  /** Checks a server, one part of it in each step. */
  steps(server: Server): Iterable<void>;
  /** Checks these servers together: some whose steps are done, and all earlier ones. */
  show(servers: readonly Server[]): void;
  done(): void;
}

/**
 * Spreads the first check of a large account over short turns, because checking all at once takes a
 * second or more. Servers that were checked before cost nothing.
 */
export class WarmUp {
  readonly #known = new WeakSet<Server>();
  #running = false;

  /** False where one turn is enough, which the caller then does; true until `done` is called. */
  begin(servers: readonly Server[], host: WarmUpHost): boolean {
    if (this.#running) {
      return true;
    }
    const fresh = servers.filter((server) => !this.#known.has(server));
    if (firstFew(fresh).length === fresh.length) {
      for (const server of fresh) {
        this.#known.add(server);
      }
      return false;
    }
    this.#running = true;
    void this.#run(host).finally(() => {
      this.#running = false;
      host.done();
    });
    return true;
  }

  async #run(host: WarmUpHost): Promise<void> {
    const turns = new TimeSlicer();
    for (;;) {
      await turns.next();
      const fresh = host.servers().filter((server) => !this.#known.has(server));
      if (fresh.length === 0) {
        return;
      }
      await this.#step(firstFew(fresh), host, turns);
      if (turns.isOver) {
        await turns.next();
      }
      const known = host.servers().filter((server) => this.#known.has(server));
      if (known.length > 0) {
        host.show(known);
      }
    }
  }

  /**
   * Does the steps of the first server, and of as many others as the turn has time for. Stops where a
   * server is gone meanwhile.
   */
  async #step(fresh: readonly Server[], host: WarmUpHost, turns: TimeSlicer): Promise<void> {
    for (const server of fresh) {
      for (const _ of host.steps(server)) {
        if (turns.isOver) {
          await turns.next();
          if (!host.servers().includes(server)) {
            return;
          }
        }
      }
      this.#known.add(server);
      if (turns.isOver) {
        return;
      }
    }
  }
}

/** As many as are checked together, and at least one. */
function firstFew(servers: readonly Server[]): readonly Server[] {
  let sum = 0;
  const end = servers.findIndex(({ tools, prompts }) => {
    sum += tools.length + prompts.length;
    return sum > AT_ONCE;
  });
  return end < 0 ? servers : servers.slice(0, Math.max(1, end));
}
