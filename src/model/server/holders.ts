import type { Catalogue, ExposedCapability } from "./catalogue.ts";

/**
 * Who has a name. Names and aliases of all tools and prompts of a server share one space, those that
 * are disabled included. Source: Cloudflare docs, "Rename tools and prompts".
 */
export class Holders<T> {
  readonly #byName = new Map<string, T[]>();

  add(name: string, holder: T): void {
    const known = this.#byName.get(name);
    if (known === undefined) this.#byName.set(name, [holder]);
    else known.push(holder);
  }

  /** The first one that was added, but for the one that asks. */
  other(name: string, own: T | undefined): T | undefined {
    return this.#byName.get(name)?.find((holder) => holder !== own);
  }
}

export function holdersIn({ tools, prompts }: Catalogue): Holders<ExposedCapability> {
  const holders = new Holders<ExposedCapability>();
  for (const shown of [...tools, ...prompts]) {
    holders.add(shown.name, shown);
    if (shown.alias !== undefined && shown.alias !== shown.name) holders.add(shown.alias, shown);
  }
  return holders;
}
