import type { CapabilityKind } from "../catalogue/capability.ts";
import {
  catalogueOf,
  type ExposedCapability,
  type Exposing,
  type Layer,
  type Resolved,
  type ResolvedCapability,
  resolve,
  serverLayer,
} from "../catalogue/layers.ts";
import { exposedName } from "../catalogue/names.ts";
import type { Override } from "../catalogue/overrides.ts";
import { overridesOf } from "./fields.ts";
import type { Mapping } from "./portal.ts";

/** A tool or prompt as one portal exposes it. */
export interface MappedCapability {
  readonly kind: CapabilityKind;
  /** The upstream's name. */
  readonly name: string;
  /** The resolved name, without the server's prefix. */
  readonly label: string;
  readonly exposedName: string;
  readonly description: string | undefined;
  /** True where the server and the portal both have it on. */
  readonly enabled: boolean;
  /** True when the portal has an alias or a description of its own. */
  readonly overridden: boolean;
  readonly resolved: ResolvedCapability;
  /** The same without the portal's layer. */
  readonly onServer: ExposedCapability;
  /** The portal's entry, with the keys that this version doesn't know. */
  readonly override: Override | undefined;
}

/** What a portal exposes of one server, in catalogue order. */
export interface MappedCatalogue {
  readonly tools: readonly MappedCapability[];
  readonly prompts: readonly MappedCapability[];
  readonly enabledCount: number;
  readonly count: number;
  find(kind: CapabilityKind, name: string): MappedCapability | undefined;
}

interface Remembered {
  readonly server: Exposing;
  readonly catalogue: MappedCatalogue;
}

const remembered = new WeakMap<Mapping, Remembered>();

/**
 * Remembered by the identity of both.
 * @param server as its own answer has it, which also says what it has disabled. The portal's copy
 * stands in for a server that isn't known
 */
export function mappedCatalogueOf(mapping: Mapping, server: Exposing): MappedCatalogue {
  const known = remembered.get(mapping);
  if (known?.server === server) {
    return known.catalogue;
  }
  const catalogue = makeCatalogue(mapping, server);
  remembered.set(mapping, { server, catalogue });
  return catalogue;
}

function makeCatalogue(mapping: Mapping, server: Exposing): MappedCatalogue {
  const below = catalogueOf(server);
  const layers = [serverLayer(server), mappingLayer(mapping)];
  const expose = (shown: ExposedCapability) => exposeIn(mapping, shown, layers);
  const tools = below.tools.map(expose);
  const prompts = below.prompts.map(expose);
  const all = [...tools, ...prompts];
  const byName = {
    tool: new Map(tools.map((tool) => [tool.name, tool])),
    prompt: new Map(prompts.map((prompt) => [prompt.name, prompt])),
  };
  return {
    tools,
    prompts,
    count: all.length,
    enabledCount: all.filter(({ enabled }) => enabled).length,
    find: (kind, name) => byName[kind].get(name),
  };
}

function mappingLayer({ toolOverrides, promptOverrides, defaultDisabled }: Mapping): Layer {
  return {
    from: "portal",
    tools: toolOverrides,
    prompts: promptOverrides,
    isDisabledByDefault: defaultDisabled,
  };
}

function exposeIn(
  mapping: Mapping,
  onServer: ExposedCapability,
  layers: readonly Layer[],
): MappedCapability {
  const { kind, name } = onServer;
  const resolved = resolve(onServer.capability, layers);
  const enabled = bothOn(onServer, resolved.enabled);
  const override = overridesOf(mapping, kind).get(name);
  return {
    kind,
    name,
    label: resolved.name.value,
    exposedName: exposedName(mapping.serverId, resolved.name.value),
    description: resolved.description.value,
    enabled: enabled.value,
    overridden: override?.alias !== undefined || override?.description !== undefined,
    resolved: { ...resolved, enabled },
    onServer,
    override,
  };
}

/**
 * Nobody knows whether a portal can turn on what the server turned off, so a capability counts as on
 * where both have it on.
 */
function bothOn({ resolved }: ExposedCapability, inPortal: Resolved<boolean>): Resolved<boolean> {
  return resolved.enabled.value ? inPortal : resolved.enabled;
}
