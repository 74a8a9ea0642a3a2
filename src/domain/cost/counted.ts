import type { ExposedCapability, Exposing } from "../catalogue/layers.ts";
import type { Portal } from "../portals/portal.ts";
import type { Cost } from "./sums.ts";

/** What is counted so far of an account's objects, saved or not; see `Cost.pending`. */
export interface CountedCosts {
  /** Its tools that are on. */
  ofServer(server: Exposing): Cost;
  ofPortal(portal: Portal): Cost;
  /** Undefined while it isn't counted. */
  ofTool(shown: ExposedCapability): number | undefined;
}
