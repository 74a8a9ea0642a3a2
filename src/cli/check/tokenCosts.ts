import { memoize } from "../../base/memo.ts";
import { catalogueOf, type ExposedCapability } from "../../domain/catalogue/serverCatalogue.ts";
import type { CountedCosts } from "../../domain/cost/counted.ts";
import { exposedText } from "../../domain/cost/countedText.ts";
import { costOfMapping, costOfPortal, costsOfOwnTools } from "../../domain/cost/portalCost.ts";
import { costOfCatalogue, costOfTool, type TokenCounts } from "../../domain/cost/sums.ts";
import type { Mapping } from "../../domain/portals/portal.ts";
import type { Server } from "../../domain/servers/server.ts";
import { countTokens } from "../../engine/cost/tokenizerProgram.ts";

/**
 * Counts the tokens of an account in this thread. Importing this file loads the tokenizer, which takes
 * 200 ms.
 * @param servers by id
 */
export function tokenCosts(servers: ReadonlyMap<string, Server>): CountedCosts {
  const counts: TokenCounts = {
    ofText: countTokens,
    ofTool: memoize((shown: ExposedCapability) => countTokens(exposedText(shown))),
  };
  const serverOf = ({ serverId, server }: Mapping) => servers.get(serverId) ?? server;
  return {
    ofServer: (server) => costOfCatalogue(catalogueOf(server), counts),
    ofTool: (shown) => costOfTool(shown, counts),
    ofPortal: (portal) =>
      costOfPortal(portal, (mapping) => {
        const server = serverOf(mapping);
        return server && costOfMapping(mapping, server, counts);
      }).total,
    ofOwnTools: (portal) => costsOfOwnTools(portal, serverOf, counts),
  };
}
