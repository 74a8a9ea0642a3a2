import { TimeSlicer } from "../../base/async.ts";
import type { Server } from "../../domain/servers/server.ts";

/** Tools and prompts that are checked in one turn, which takes a few milliseconds. */
const AT_ONCE = 300;

interface WarmUpHost {
  /** All current servers. */
  servers(): readonly Server[];
  /** Checks these servers: some new ones, and all earlier ones. */
  show(servers: readonly Server[], fresh: readonly Server[]): void;
  done(): void;
}

/**
 * Spreads the first check of a large account over turns, because checking all at once takes a
 * second or more. Each turn adds a few servers. Servers that were checked before cost nothing.
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
      this.#know(fresh);
      return false;
    }
    this.#running = true;
    void this.#run(host).finally(() => {
      this.#running = false;
      host.done();
    });
    return true;
  }

  async #run({ servers, show }: WarmUpHost): Promise<void> {
    const turns = new TimeSlicer();
    for (;;) {
      await turns.next();
      const all = servers();
      const few = firstFew(all.filter((server) => !this.#known.has(server)));
      if (few.length === 0) {
        return;
      }
      this.#know(few);
      show(
        all.filter((server) => this.#known.has(server)),
        few,
      );
    }
  }

  #know(servers: readonly Server[]): void {
    for (const server of servers) {
      this.#known.add(server);
    }
  }
}

function firstFew(servers: readonly Server[]): readonly Server[] {
  let sum = 0;
  const end = servers.findIndex(({ tools, prompts }) => {
    sum += tools.length + prompts.length;
    return sum > AT_ONCE;
  });
  return end < 0 ? servers : servers.slice(0, Math.max(1, end));
}
