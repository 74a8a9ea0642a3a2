import type { Capability } from "../../../src/domain/catalogue/capability.ts";
import type { Override } from "../../../src/domain/catalogue/overrides.ts";
import type { Mapping, Portal } from "../../../src/domain/portals/portal.ts";
import { byName } from "./servers.ts";

/** A mapping of a server without prompts, all of whose tools are on. */
export function mapping(
  serverId: string,
  {
    tools = [],
    toolOverrides = [],
    serverOverrides = [],
    ...rest
  }: Partial<Pick<Mapping, "defaultDisabled" | "onBehalf">> & {
    readonly tools?: readonly Capability[];
    readonly toolOverrides?: readonly Override[];
    /** What the server itself says of its tools. */
    readonly serverOverrides?: readonly Override[];
  } = {},
): Mapping {
  return {
    serverId,
    defaultDisabled: false,
    onBehalf: true,
    toolOverrides: byName(toolOverrides),
    promptOverrides: new Map(),
    server: {
      id: serverId,
      name: serverId,
      authType: "unauthenticated",
      status: "ready",
      tools,
      prompts: [],
      toolOverrides: byName(serverOverrides),
      promptOverrides: new Map(),
    },
    others: {},
    ...rest,
  };
}

/** A portal without servers. */
export function portal({
  mappings = [],
  ...rest
}: Omit<Partial<Portal>, "mappings"> & { readonly mappings?: readonly Mapping[] } = {}): Portal {
  return {
    id: "main",
    name: "Main",
    description: "All of it",
    hostname: "mcp.example.com",
    codeMode: "opt_in",
    secureWebGateway: false,
    mappings: new Map(mappings.map((each) => [each.serverId, each])),
    createdAt: undefined,
    createdBy: undefined,
    modifiedAt: undefined,
    modifiedBy: undefined,
    received: {},
    ...rest,
  };
}
