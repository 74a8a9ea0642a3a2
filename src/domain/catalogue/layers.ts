import type { Server } from "../servers/server.ts";
import type { Capability } from "./capability.ts";
import type { Override, Overrides } from "./overrides.ts";

/** Which layer a value comes from. `portalDefault` is a mapping's `default_disabled`. */
export type ValueSource = "upstream" | "server" | "portal" | "portalDefault";

export interface Resolved<V> {
  readonly value: V;
  readonly from: ValueSource;
}

/**
 * One layer's values for its capabilities. A value that it leaves out comes from the layer below.
 */
export interface Layer {
  readonly from: "server" | "portal";
  readonly tools: Overrides;
  readonly prompts: Overrides;
  /**
   * A mapping with `default_disabled` exposes only the capabilities that the mapping itself
   * enables.
   */
  readonly isDisabledByDefault: boolean;
}

/** The values that decide how a client sees a tool or prompt, each with its layer. */
export interface ResolvedCapability {
  /** The alias or the upstream's name, without the server's prefix. */
  readonly name: Resolved<string>;
  readonly description: Resolved<string | undefined>;
  readonly enabled: Resolved<boolean>;
}

const ENABLED_UPSTREAM: Resolved<boolean> = { value: true, from: "upstream" };
const DISABLED_BY_DEFAULT: Resolved<boolean> = { value: false, from: "portalDefault" };

/** The values of the upstream that a layer can override. */
type Overridable = Pick<Capability, "kind" | "name"> & Partial<Pick<Capability, "description">>;

/**
 * Decides which value wins. The upstream's own value holds unless a layer above it has another.
 * `layers` go from the upstream to the client, so the server's comes before the portal's.
 */
export function resolve(capability: Overridable, layers: readonly Layer[]): ResolvedCapability {
  let name: Resolved<string> = { value: capability.name, from: "upstream" };
  let description: Resolved<string | undefined> = {
    value: capability.description,
    from: "upstream",
  };
  for (const layer of layers) {
    const { from } = layer;
    const override = overrideIn(layer, capability);
    if (override?.alias !== undefined) {
      name = { value: override.alias, from };
    }
    if (override?.description !== undefined) {
      description = { value: override.description, from };
    }
  }
  return { name, description, enabled: resolveEnabled(capability, layers) };
}

/** Decides the same for the switch alone. */
export function resolveEnabled(
  capability: Pick<Capability, "kind" | "name">,
  layers: readonly Layer[],
): Resolved<boolean> {
  let enabled = ENABLED_UPSTREAM;
  for (const layer of layers) {
    const own = overrideIn(layer, capability)?.enabled;
    if (own !== undefined) {
      enabled = { value: own, from: layer.from };
    } else if (layer.isDisabledByDefault) {
      enabled = DISABLED_BY_DEFAULT;
    }
  }
  return enabled;
}

/** Finds the override of a capability in one layer. */
export function overrideIn(
  layer: Layer,
  { kind, name }: Pick<Capability, "kind" | "name">,
): Override | undefined {
  return (kind === "tool" ? layer.tools : layer.prompts).get(name);
}

export function serverLayer({
  toolOverrides,
  promptOverrides,
}: Pick<Server, "toolOverrides" | "promptOverrides">): Layer {
  return {
    from: "server",
    tools: toolOverrides,
    prompts: promptOverrides,
    isDisabledByDefault: false,
  };
}
