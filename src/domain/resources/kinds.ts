import type { Portal } from "../portals/portal.ts";
import { portalKind } from "../portals/portalKind.ts";
import type { Server } from "../servers/server.ts";
import { serverKind } from "../servers/serverKind.ts";
import { EMPTY_COLLECTION, type ResourceTable } from "./resource.ts";

/** Each kind of resource with its type. */
export interface Resources {
  readonly server: Server;
  readonly portal: Portal;
}

/** The list of all kinds. */
export const RESOURCES: ResourceTable<Resources> = {
  empty: { server: EMPTY_COLLECTION, portal: EMPTY_COLLECTION },
  each: (visit) => [visit(serverKind), visit(portalKind)],
};
