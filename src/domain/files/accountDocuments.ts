import { memoize } from "../../base/memo.ts";
import { portalDocument } from "../documents/portalDocument.ts";
import type { ResourceDocument } from "../documents/resourceDocument.ts";
import { serverDocument } from "../documents/serverDocument.ts";
import type { Portal } from "../portals/portal.ts";
import { SERVER, type Server } from "../servers/server.ts";
import { FileDocument, ownValues } from "./fileDocument.ts";
import type { FileKind } from "./filePaths.ts";

/** All servers and portals of an account, as one look found them. */
export interface AccountResources {
  readonly servers: ReadonlyMap<string, Server>;
  readonly portals: ReadonlyMap<string, Portal>;
}

/** A server as its file has it. Memoized by the server's identity. */
export const serverFile = memoize(
  (server: Server): FileDocument =>
    new FileDocument("server", serverDocument(server), ownValues(server)),
);

/** A portal as its file has it. */
export function portalFile(portal: Portal, account: AccountResources): FileDocument {
  return new FileDocument("portal", portalDocumentIn(portal, account), new Map());
}

/** A resource's document; undefined where the account has none. */
export function resourceDocumentIn(
  account: AccountResources,
  kind: FileKind,
  id: string,
): ResourceDocument | undefined {
  return madeOf(account, kind, id, { server: serverDocument, portal: portalDocumentIn });
}

/** A resource as its file has it; undefined where the account has none. */
export function resourceFileIn(
  account: AccountResources,
  kind: FileKind,
  id: string,
): FileDocument | undefined {
  return madeOf(account, kind, id, { server: serverFile, portal: portalFile });
}

interface Makers<T> {
  server(server: Server): T;
  portal(portal: Portal, account: AccountResources): T;
}

function madeOf<T>(
  account: AccountResources,
  kind: FileKind,
  id: string,
  make: Makers<T>,
): T | undefined {
  if (kind === SERVER) {
    const server = account.servers.get(id);
    return server && make.server(server);
  }
  const portal = account.portals.get(id);
  return portal && make.portal(portal, account);
}

/** @param planned ids of servers that will be there before the portal is written */
export function portalDocumentIn(
  portal: Portal,
  { servers, portals }: AccountResources,
  planned: readonly string[] = [],
): ResourceDocument {
  return portalDocument(portal, {
    server: (id) => servers.get(id) ?? portal.mappings.get(id)?.server,
    serverIds: () => [...servers.keys(), ...planned],
    otherPortals: () => [...portals.values()].filter(({ id }) => id !== portal.id),
  });
}
