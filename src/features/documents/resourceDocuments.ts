import * as vscode from "vscode";
import { memoize } from "../../base/memo.ts";
import type { AccountId } from "../../domain/account.ts";
import type { Ref } from "../../domain/changes/change.ts";
import { portalDocument } from "../../domain/documents/portalDocument.ts";
import type { ResourceDocument } from "../../domain/documents/resourceDocument.ts";
import { serverDocument } from "../../domain/documents/serverDocument.ts";
import { PORTAL, type Portal } from "../../domain/portals/portal.ts";
import type { Resource } from "../../domain/resources/resource.ts";
import { SERVER, type Server } from "../../domain/servers/server.ts";
import { findPortal, findServer, portalsOf, type State, serversOf } from "../../engine/state.ts";
import { SCHEME } from "../../manifest.ts";

/** The kinds of resources that have a document, with the folder and the extension of its path. */
const PATHS = [
  { kind: SERVER, folder: "servers", extension: "mcp-server.json" },
  { kind: PORTAL, folder: "portals", extension: "mcp-portal.json" },
] as const;

/**
 * The document of a resource; undefined where the resource is gone.
 * @param of what people see, or what was last read from Cloudflare
 */
export function findDocument(
  state: State,
  { accountId, kind, id }: Ref,
  of: "optimistic" | "remote" = "optimistic",
): ResourceDocument | undefined {
  if (kind === SERVER) {
    const server = findServer(state, accountId, id)?.[of];
    return server && serverDocument(server);
  }
  const portal = findPortal(state, { accountId, portalId: id })?.[of];
  return portal && portalDocumentIn(state, accountId, portal);
}

/** The document of a portal among its account's servers and portals. */
export function portalDocumentIn(
  state: State,
  accountId: AccountId,
  portal: Portal,
): ResourceDocument {
  return portalDocumentOf(portal)(serversOf(state, accountId))(portalsOf(state, accountId));
}

/** Memoized by the identity of all that the document is made from. */
const portalDocumentOf = memoize((portal: Portal) =>
  memoize((servers: ReadonlyMap<string, Resource<Server>>) =>
    memoize((portals: ReadonlyMap<string, Resource<Portal>>) =>
      portalDocument(portal, {
        server: (id) => servers.get(id)?.optimistic ?? portal.mappings.get(id)?.server,
        serverIds: () => servers.keys(),
        otherPortals: () =>
          [...portals.values()]
            .map(({ optimistic }) => optimistic)
            .filter(({ id }) => id !== portal.id),
      }),
    ),
  ),
);

/** The URI of a resource's document. */
export function documentUri({ accountId, kind, id }: Ref): vscode.Uri {
  const { folder, extension } = kind === PORTAL ? PATHS[1] : PATHS[0];
  return vscode.Uri.from({
    scheme: SCHEME,
    path: `/${accountId}/${folder}/${encodeURIComponent(id)}.${extension}`,
  });
}

/** Returns undefined for a URI that isn't a document's. */
export function parseDocumentUri(uri: vscode.Uri): Ref | undefined {
  return uri.scheme === SCHEME ? refIn(uri.path) : undefined;
}

const PATH = /^\/([^/]+)\/(servers|portals)\/([^/]+)\.(mcp-(?:server|portal)\.json)$/u;

/** The resource of a path, in any scheme; undefined for a path of another form. */
export function refIn(path: string): Ref | undefined {
  const [, accountId, folder, segment, extension] = PATH.exec(path) ?? [];
  const found = PATHS.find((each) => each.folder === folder && each.extension === extension);
  if (accountId === undefined || segment === undefined || found === undefined) {
    return undefined;
  }
  try {
    return { accountId, kind: found.kind, id: decodeURIComponent(segment) };
  } catch {
    return undefined;
  }
}
