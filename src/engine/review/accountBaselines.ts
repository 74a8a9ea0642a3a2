import { TimeSlicer } from "../../base/async.ts";
import {
  type Acceptance,
  accept,
  type Baseline,
  firstLook,
  isBaseline,
  type StoredBaseline,
  shareDefinitions,
  withHeld,
} from "../../domain/review/baseline.ts";
import type { Held } from "../../domain/review/held.ts";
import type { Server } from "../../domain/servers/server.ts";
import { isStorageError, type StorageError } from "../files/storageError.ts";
import type { BaselineStore } from "../ports.ts";

interface Known {
  readonly stored: StoredBaseline;
  /** What is compared; undefined where nothing was accepted or seen yet. */
  readonly baseline: Baseline | undefined;
}

/** The baselines of one account's servers as this window knows them. */
export class AccountBaselines {
  readonly store: BaselineStore;
  readonly #now: () => Date;
  readonly #onUnkept: (error: StorageError) => void;
  readonly #known = new Map<string, Known>();
  #version: string | undefined;
  readonly #first: Map<string, Server>;
  #wanted: readonly Server[] | undefined;
  #isLooking = false;
  #isUnkeptTold = false;

  /**
   * @param first the servers as they were seen before this was there
   * @param onUnkept is called when a first look couldn't be stored, once until one could
   */
  constructor(
    store: BaselineStore,
    first: ReadonlyMap<string, Server>,
    now: () => Date,
    onUnkept: (error: StorageError) => void,
  ) {
    this.store = store;
    this.#first = new Map(first);
    this.#now = now;
    this.#onUnkept = onUnkept;
  }

  /** Undefined until it has been read, or where nothing was accepted or seen yet. */
  of(serverId: string): Baseline | undefined {
    return this.#known.get(serverId)?.baseline;
  }

  /**
   * Reads what other windows wrote, and what isn't known yet. A server without a baseline gets its
   * first look. A look that is under way goes on with these.
   * @returns true where anything has become known; undefined where another look is under way, whose
   *   caller gets the answer
   */
  async look(servers: readonly Server[]): Promise<boolean | undefined> {
    noteFirst(
      this.#first,
      servers.filter((server) => !this.#isSettled(server)),
    );
    this.#wanted = servers;
    if (this.#isLooking) {
      return undefined;
    }
    this.#isLooking = true;
    try {
      return await this.#lookAll();
    } finally {
      this.#isLooking = false;
    }
  }

  /** Accepts definitions of a server. Rejects with a StorageError. */
  async accept(server: Server, acceptances: readonly Acceptance[]): Promise<void> {
    const at = this.#now().toISOString();
    const stored = await this.store.update(server.id, (current) =>
      isBaseline(current) ? accept(current, acceptances, at) : undefined,
    );
    this.#note(server, stored);
  }

  /** Reads what is stored of a server now. Resolves with whether it is another baseline. */
  async readAgain(server: Server): Promise<boolean> {
    return this.#note(server, await this.store.read(server.id));
  }

  /** Keeps what hold has dealt with. Rejects with a StorageError. */
  async keepHeld(server: Server, held: readonly Held[]): Promise<void> {
    const stored = await this.store.update(server.id, (current) =>
      isBaseline(current) ? withHeld(current, held) : undefined,
    );
    this.#note(server, stored);
  }

  async #lookAll(): Promise<boolean> {
    let isNews = false;
    while (this.#wanted !== undefined) {
      const servers = this.#wanted;
      this.#wanted = undefined;
      isNews = (await this.#look(servers)) || isNews;
    }
    return isNews;
  }

  async #look(servers: readonly Server[]): Promise<boolean> {
    const version = await this.store.version();
    const isSame = version === this.#version;
    const slicer = new TimeSlicer();
    let isNews = false;
    for (const server of servers) {
      if (isSame && this.#isSettled(server)) {
        continue;
      }
      const stored = await this.store.read(server.id);
      isNews = this.#note(server, stored) || isNews;
      isNews = (stored === "none" && (await this.#lookFirst(server))) || isNews;
      if (slicer.isOver) {
        await slicer.next();
      }
    }
    // What was written meanwhile, here or elsewhere, is looked at the next time.
    this.#version = version;
    return isNews;
  }

  #isSettled(server: Server): boolean {
    const known = this.#known.get(server.id);
    return known !== undefined && (known.stored !== "none" || isEmpty(server));
  }

  async #lookFirst(server: Server): Promise<boolean> {
    // It may have changed since, while this waited for the disk.
    const seen = this.#first.get(server.id) ?? server;
    const first = firstLook(seen, this.#now().toISOString());
    if (first === undefined) {
      return false;
    }
    try {
      const stored = await this.store.update(server.id, (current) =>
        current === "none" ? first : undefined,
      );
      this.#isUnkeptTold = false;
      return this.#note(server, stored);
    } catch (error) {
      if (!isStorageError(error)) {
        throw error;
      }
      this.#tellUnkept(error);
      // For as long as this window is open.
      return this.#note(server, first);
    }
  }

  #tellUnkept(error: StorageError): void {
    if (!this.#isUnkeptTold) {
      this.#isUnkeptTold = true;
      this.#onUnkept(error);
    }
  }

  /** @returns true for another baseline than was known */
  #note(server: Server, stored: StoredBaseline): boolean {
    if (stored !== "none") {
      this.#first.delete(server.id);
    }
    const known = this.#known.get(server.id);
    if (known?.stored === stored) {
      return false;
    }
    const baseline = isBaseline(stored) ? shareDefinitions(stored, server) : undefined;
    this.#known.set(server.id, { stored, baseline });
    return baseline !== known?.baseline;
  }
}

/** Adds the servers that weren't seen with tools or prompts before. */
export function noteFirst(first: Map<string, Server>, servers: readonly Server[]): void {
  for (const server of servers) {
    if (!isEmpty(server) && !first.has(server.id)) {
      first.set(server.id, server);
    }
  }
}

function isEmpty({ tools, prompts }: Server): boolean {
  return tools.length + prompts.length === 0;
}
