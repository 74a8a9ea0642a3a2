import type { Portal } from "../../domain/portals/portal.ts";
import { findPortal } from "../../engine/state.ts";
import type { CommandArguments, PortalAddress } from "../../target.ts";
import type { AppContext } from "../app.ts";
import { portalTargets } from "./portalTargets.ts";

/** A portal to act on, as people see it. */
export interface ChosenPortal {
  readonly target: PortalAddress;
  readonly portal: Portal;
}

/** The first portal of the arguments, or the one that was picked. Undefined where there is none. */
export async function onePortal(
  app: AppContext,
  args: CommandArguments,
  title: string,
): Promise<ChosenPortal | undefined> {
  const [target] = await portalTargets(app, args, { title, many: false });
  const portal = target && findPortal(app.store.state, target)?.optimistic;
  return portal && { target, portal };
}
