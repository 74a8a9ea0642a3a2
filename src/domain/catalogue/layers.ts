import type { Server } from "../servers/server.ts";
import type { Capability, CapabilityKind } from "./capability.ts";
import { exposedName } from "./names.ts";
import type { Override, Overrides } from "./overrides.ts";

/** A tool or prompt as a portal shows it: the upstream's definition under the override. */
export interface ExposedCapability {
  readonly kind: CapabilityKind;
  readonly name: string;
  readonly alias: string | undefined;
  /** The alias or the name, without the server's prefix. */
  readonly label: string;
  readonly exposedName: string;
  readonly description: string | undefined;
  readonly enabled: boolean;
  /** True when alias or description is overridden; being disabled isn't an override in this sense. */
  readonly overridden: boolean;
  readonly capability: Capability;
  readonly override: Override | undefined;
}

export interface Catalogue {
  readonly tools: readonly ExposedCapability[];
  readonly prompts: readonly ExposedCapability[];
  readonly enabledCount: number;
  readonly count: number;
  find(kind: CapabilityKind, name: string): ExposedCapability | undefined;
}

const remembered = new WeakMap<Server, Catalogue>();

/** Remembered by the server's identity: a server that didn't change isn't merged again. */
export function catalogueOf(server: Server): Catalogue {
  const known = remembered.get(server);
  if (known !== undefined) {
    return known;
  }
  const made = makeCatalogue(server);
  remembered.set(server, made);
  return made;
}

function makeCatalogue(server: Server): Catalogue {
  const tools = server.tools.map((tool) => expose(server.id, tool, server.toolOverrides));
  const prompts = server.prompts.map((prompt) => expose(server.id, prompt, server.promptOverrides));
  const byName = {
    tool: new Map(tools.map((tool) => [tool.name, tool])),
    prompt: new Map(prompts.map((prompt) => [prompt.name, prompt])),
  };
  return {
    tools,
    prompts,
    count: tools.length + prompts.length,
    enabledCount: [...tools, ...prompts].filter(({ enabled }) => enabled).length,
    find: (kind, name) => byName[kind].get(name),
  };
}

function expose(serverId: string, capability: Capability, overrides: Overrides): ExposedCapability {
  const override = overrides.get(capability.name);
  const label = override?.alias ?? capability.name;
  return {
    kind: capability.kind,
    name: capability.name,
    alias: override?.alias,
    label,
    exposedName: exposedName(serverId, label),
    description: override?.description ?? capability.description,
    enabled: override?.enabled ?? true,
    overridden: override?.alias !== undefined || override?.description !== undefined,
    capability,
    override,
  };
}
