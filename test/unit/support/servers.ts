import type { Capability, CapabilityKind } from "../../../src/domain/catalogue/capability.ts";
import type { Override } from "../../../src/domain/catalogue/overrides.ts";
import type { Server } from "../../../src/domain/servers/server.ts";
import { UNKNOWN_FIELDS } from "../../../src/domain/servers/serverSnapshot.ts";

export function capability(
  kind: CapabilityKind,
  name: string,
  description: string | undefined = `What ${name} does`,
): Capability {
  const schema = kind === "tool" ? { inputSchema: { type: "object", properties: {} } } : {};
  return { kind, name, description, source: { name, description, ...schema } };
}

/** A ready server with the tools `search` and `delete_page` and the prompt `summarise`. */
export function server(
  changes: Omit<Partial<Server>, "toolOverrides" | "promptOverrides"> & {
    readonly toolOverrides?: readonly Override[];
    readonly promptOverrides?: readonly Override[];
  } = {},
): Server {
  const { toolOverrides = [], promptOverrides = [], ...rest } = changes;
  return {
    ...UNKNOWN_FIELDS,
    id: "docs",
    name: "Docs",
    description: "Search the docs",
    hostname: "https://docs.example.com/mcp",
    authType: "unauthenticated",
    authenticationStatus: "not_required",
    status: "ready",
    secureWebGateway: false,
    tools: [capability("tool", "search"), capability("tool", "delete_page")],
    prompts: [capability("prompt", "summarise")],
    toolOverrides: byName(toolOverrides),
    promptOverrides: byName(promptOverrides),
    received: { id: rest.id ?? "docs", name: rest.name ?? "Docs" },
    ...rest,
  };
}

export function byName(overrides: readonly Override[]): ReadonlyMap<string, Override> {
  return new Map(overrides.map((override) => [override.name, override]));
}
