import { mappedCatalogueOf } from "../portals/exposure.ts";
import type { ReachFacts, ReachQuestion } from "./chain.ts";

/**
 * The server or tool that a text names: a server's id, or a tool or prompt as clients name it, with
 * the portal's name or the upstream's. Undefined where it names nothing.
 */
export function findAsked(
  { portal, serverOf }: Pick<ReachFacts, "portal" | "serverOf">,
  text: string,
): Pick<ReachQuestion, "serverId" | "tool"> | undefined {
  if (portal.mappings.has(text) || serverOf(text) !== undefined) {
    return { serverId: text };
  }
  for (const [serverId, mapping] of portal.mappings) {
    const server = serverOf(serverId) ?? mapping.server;
    const { tools = [], prompts = [] } = server ? mappedCatalogueOf(mapping, server) : {};
    const found = [...tools, ...prompts].find(
      ({ exposedName, name }) => exposedName === text || `${serverId}_${name}` === text,
    );
    if (found !== undefined) {
      return { serverId, tool: { kind: found.kind, name: found.name } };
    }
  }
  return undefined;
}
