import type { Server } from "../../model/server/server.ts";
import { Turns } from "../../store/turns.ts";

/** So many tools and prompts are looked at in a few milliseconds. */
const AT_ONCE = 300;

interface Host {
  /** All servers as they are now. */
  servers(): readonly Server[];
  /** Looks at these: some that are new, and with them all that were shown before. */
  show(servers: readonly Server[]): void;
  done(): void;
}

/**
 * How a checker gets to know a large account: a first look at everything takes a second or more,
 * so it is shown a few more servers each turn. What it knows costs it nothing to be shown again.
 */
export class Introduction {
  readonly #known = new WeakSet<Server>();
  #running = false;

  /** False where one turn is enough, which is then the caller's; true until `done` is called. */
  begin(servers: readonly Server[], host: Host): boolean {
    if (this.#running) return true;
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

  async #run({ servers, show }: Host): Promise<void> {
    const turns = new Turns();
    for (;;) {
      await turns.next();
      const all = servers();
      const few = firstFew(all.filter((server) => !this.#known.has(server)));
      if (few.length === 0) return;
      this.#know(few);
      show(all.filter((server) => this.#known.has(server)));
    }
  }

  #know(servers: readonly Server[]): void {
    for (const server of servers) this.#known.add(server);
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
