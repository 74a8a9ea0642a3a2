import type { TakenByPortals } from "../../domain/portals/newPortal.ts";
import { portalsOf } from "../../engine/state.ts";
import type { AppContext } from "../app.ts";

/**
 * The ids and hosts that an account's portals have.
 * @param portalId the portal whose own don't count; undefined for a new one
 */
export function takenBeside(
  { store }: AppContext,
  accountId: string,
  portalId?: string,
): TakenByPortals {
  const portals = [...portalsOf(store.state, accountId).values()]
    .map(({ optimistic }) => optimistic)
    .filter(({ id }) => id !== portalId);
  return {
    ids: new Set(portals.map(({ id }) => id)),
    hosts: new Map(portals.map(({ hostname, name }) => [hostname.toLowerCase(), name])),
  };
}
