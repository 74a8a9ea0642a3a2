import { exposedName } from "../catalogue/names.ts";
import {
  catalogueOf,
  type ExposedCapability,
  type Exposing,
} from "../catalogue/serverCatalogue.ts";
import { type MappedCapability, mappedCapability } from "./exposure.ts";
import { overridesOf } from "./fields.ts";
import type { Mapping } from "./portal.ts";

/** A tool or prompt that a portal shows, and the name under which clients see it. */
export interface NamedInPortal {
  readonly onServer: ExposedCapability;
  readonly exposedName: string;
}

/**
 * What is on in a mapping, under its names. Unlike `mappedCatalogueOf` it keeps nothing: the checks
 * look at every portal of an account, most of which nobody opens.
 */
export function* exposedIn(mapping: Mapping, server: Exposing): Iterable<NamedInPortal> {
  const { tools, prompts } = catalogueOf(server);
  for (const shown of tools) {
    if (isOn(mapping, shown)) {
      yield { onServer: shown, exposedName: nameIn(mapping, shown) };
    }
  }
  for (const shown of prompts) {
    if (isOn(mapping, shown)) {
      yield { onServer: shown, exposedName: nameIn(mapping, shown) };
    }
  }
}

/** The number of tools and prompts that are on in a mapping. */
export function countOn(mapping: Mapping, server: Exposing): number {
  const { tools, prompts } = catalogueOf(server);
  const count = (sum: number, shown: ExposedCapability) => (isOn(mapping, shown) ? sum + 1 : sum);
  return tools.reduce(count, 0) + prompts.reduce(count, 0);
}

/** As `mappedCatalogueOf` resolves it: on where the server and the portal both have it on. */
export function isOn(mapping: Mapping, { kind, name, enabled }: ExposedCapability): boolean {
  const own = overridesOf(mapping, kind).get(name)?.enabled;
  return enabled && (own ?? !mapping.defaultDisabled);
}

/** The name under which a portal shows a tool or prompt, also while it is off. */
export function nameIn(mapping: Mapping, shown: ExposedCapability): string {
  const alias = overridesOf(mapping, shown.kind).get(shown.name)?.alias;
  return alias === undefined ? shown.exposedName : exposedName(mapping.serverId, alias);
}

/** The tools and prompts that a mapping calls otherwise than the server, on or off. */
export function renamedIn(mapping: Mapping, server: Exposing): readonly MappedCapability[] {
  const catalogue = catalogueOf(server);
  return (["tool", "prompt"] as const).flatMap((kind) =>
    [...overridesOf(mapping, kind).values()].flatMap(({ name, alias }) => {
      const onServer = alias === undefined ? undefined : catalogue.find(kind, name);
      return onServer === undefined || onServer.label === alias
        ? []
        : [mappedCapability(mapping, server, onServer)];
    }),
  );
}
