import { catalogueOf, type ExposedCapability } from "../server/catalogue.ts";
import type { Server } from "../server/server.ts";
import { codeModeKey, vscodeKey } from "./collisions.ts";

/**
 * What is exposed across an account, as clients that change names see it. Most fixes propose no
 * name, so the servers are only read for the first that does.
 */
export class ExposedNames {
  readonly #servers: Iterable<Server>;
  /** How often each is there; undefined until somebody asks. */
  #counts: ReadonlyMap<string, number> | undefined;
  readonly #added = new Map<string, number>();

  constructor(servers: Iterable<Server>) {
    this.#servers = servers;
  }

  add(exposed: string): void {
    count(this.#added, exposed);
  }

  /** Whether another tool than `own` can't be told apart from this name. */
  collides(exposed: string, own: ExposedCapability): boolean {
    const ownKeys = own.kind === "tool" && own.enabled ? keysOf(own.exposedName) : [];
    return keysOf(exposed).some((key) => this.#count(key) > (ownKeys.includes(key) ? 1 : 0));
  }

  #count(key: string): number {
    this.#counts ??= countsOf(this.#servers);
    return (this.#counts.get(key) ?? 0) + (this.#added.get(key) ?? 0);
  }
}

function countsOf(servers: Iterable<Server>): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const server of servers) {
    for (const tool of catalogueOf(server).tools) if (tool.enabled) count(counts, tool.exposedName);
  }
  return counts;
}

function count(counts: Map<string, number>, exposed: string): void {
  for (const key of keysOf(exposed)) counts.set(key, (counts.get(key) ?? 0) + 1);
}

function keysOf(exposed: string): readonly string[] {
  return [`code ${codeModeKey(exposed)}`, `cut ${vscodeKey(exposed)}`];
}
