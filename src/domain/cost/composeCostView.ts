import type { ExposedCapability } from "../catalogue/serverCatalogue.ts";
import { CONNECTIONS, type Connection } from "../portals/endpoint.ts";
import type { CostView, ToolView } from "./costView.ts";
import { nameText, portalTexts } from "./countedText.ts";
import { costOfTexts, costOfTool, type TokenCounts } from "./sums.ts";

/** A server whose tools are looked at: in a portal with the portal's layer. */
export interface CostGroup {
  readonly serverId: string;
  readonly name: string;
  readonly tools: readonly ExposedCapability[];
}

/** A server by itself is connected to with all of its tools; what else there is belongs to portals. */
const WITHOUT_PORTAL: readonly Connection[] = ["allTools"];

/** @param isPortal whether the groups are what a portal exposes */
export function costView(
  groups: readonly CostGroup[],
  isPortal: boolean,
  counts: TokenCounts,
): CostView {
  const servers = groups.map(({ serverId, name, tools }) => ({
    id: serverId,
    name,
    tools: tools.map((shown) => ({
      ...toolView(serverId, shown, counts),
      // Nothing but a portal lists names alone.
      nameTokens: isPortal ? costOf([nameText(shown.exposedName)], counts) : undefined,
    })),
  }));
  const connections = (isPortal ? CONNECTIONS : WITHOUT_PORTAL).map((connection) => ({
    connection,
    tokens: costOf(portalTexts(connection), counts),
  }));
  return { servers, connections };
}

function toolView(serverId: string, shown: ExposedCapability, counts: TokenCounts): ToolView {
  return {
    // A server's id has no slash.
    id: `${serverId}/${shown.name}`,
    serverId,
    name: shown.name,
    label: shown.label,
    isOn: shown.enabled,
    tokens: costOfTool(shown, counts),
  };
}

/** Undefined where not all of these tools are counted yet. */
function costOf(texts: readonly string[], counts: TokenCounts): number | undefined {
  const { tokens, pending } = costOfTexts(texts, counts.ofText);
  return pending === 0 ? tokens : undefined;
}
