import type { ExposedCapability, Exposing } from "../catalogue/serverCatalogue.ts";
import type { Portal } from "../portals/portal.ts";
import type { OwnToolCost } from "./portalCost.ts";
import type { Cost } from "./sums.ts";

/** What is counted so far of an account's objects, saved or not; see `Cost.pending`. */
export interface CountedCosts {
  /** Its tools that are on. */
  ofServer(server: Exposing): Cost;
  ofPortal(portal: Portal): Cost;
  /** The tools that the portal describes otherwise than their servers, as far as they are on. */
  ofOwnTools(portal: Portal): readonly OwnToolCost[];
  /** Undefined while it isn't counted. */
  ofTool(shown: ExposedCapability): number | undefined;
}
