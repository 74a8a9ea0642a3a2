import * as l10n from "@vscode/l10n";
import type { CapabilityKind } from "./capability.ts";
import { aliasFormatProblem } from "./names.ts";
import type { Catalogue, ExposedCapability } from "./serverCatalogue.ts";

/** Why a text can't be the alias of this tool or prompt; undefined when it can. */
export function aliasProblem(
  catalogue: Catalogue,
  kind: CapabilityKind,
  name: string,
  alias: string,
): string | undefined {
  const format = aliasFormatProblem(alias);
  if (format !== undefined) {
    return format;
  }
  const holder = nameIndexOf(catalogue).other(alias, catalogue.find(kind, name));
  if (holder === undefined) {
    return undefined;
  }
  if (holder.name === alias) {
    return holder.kind === "tool"
      ? l10n.t('"{0}" is the name of another tool of this server.', alias)
      : l10n.t('"{0}" is the name of another prompt of this server.', alias);
  }
  return l10n.t('"{0}" is already the alias of {1}.', alias, holder.name);
}

/**
 * Finds the holder of a name. Names and aliases of all tools and prompts of a server share one
 * space, including disabled ones. In a portal an alias of the server counts too, where the portal has
 * none of its own. Source: Cloudflare docs, "Rename tools and prompts".
 */
export class NameIndex<T> {
  readonly #byName = new Map<string, T[]>();

  add(name: string, holder: T): void {
    const known = this.#byName.get(name);
    if (known === undefined) {
      this.#byName.set(name, [holder]);
    } else {
      known.push(holder);
    }
  }

  /** The first holder of a name other than `own`. */
  other(name: string, own: T | undefined): T | undefined {
    return this.#byName.get(name)?.find((holder) => holder !== own);
  }
}

export function nameIndexOf({ tools, prompts }: Catalogue): NameIndex<ExposedCapability> {
  const holders = new NameIndex<ExposedCapability>();
  for (const shown of [...tools, ...prompts]) {
    holders.add(shown.name, shown);
    if (shown.label !== shown.name) {
      holders.add(shown.label, shown);
    }
  }
  return holders;
}
