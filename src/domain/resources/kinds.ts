import type { Server } from "../servers/server.ts";
import { serverKind } from "../servers/serverKind.ts";
import { EMPTY_COLLECTION, type ResourceTable } from "./resource.ts";

/** Each kind of resource with its type. */
export interface Resources {
  readonly server: Server;
}

/** The list of all kinds. */
export const RESOURCES: ResourceTable<Resources> = {
  empty: { server: EMPTY_COLLECTION },
  each: (visit) => [visit(serverKind)],
};
