import type { Server } from "../servers/server.ts";
import { serverKind } from "../servers/serverKind.ts";
import { EMPTY_COLLECTION, type ResourceTable } from "./resource.ts";

/** Every kind of resource and what it is read as. */
export interface Resources {
  readonly server: Server;
}

/** The one list of kinds. */
export const RESOURCES: ResourceTable<Resources> = {
  empty: { server: EMPTY_COLLECTION },
  each: (visit) => [visit(serverKind)],
};
