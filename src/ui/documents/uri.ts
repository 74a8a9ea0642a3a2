import * as vscode from "vscode";
import { SCHEME, type ServerAddress } from "../../contributions.ts";

const PATH = /^\/([^/]+)\/servers\/([^/]+)\.mcp-server\.json$/u;

export function serverUri(accountId: string, serverId: string): vscode.Uri {
  return vscode.Uri.from({
    scheme: SCHEME,
    path: `/${accountId}/servers/${encodeURIComponent(serverId)}.mcp-server.json`,
  });
}

/** Undefined for what isn't a server's document. */
export function parseServerUri(uri: vscode.Uri): ServerAddress | undefined {
  return uri.scheme === SCHEME ? addressIn(uri.path) : undefined;
}

/** The server of a path, in whichever scheme; undefined where it is nobody's. */
export function addressIn(path: string): ServerAddress | undefined {
  const [, accountId, segment] = PATH.exec(path) ?? [];
  if (accountId === undefined || segment === undefined) return undefined;
  try {
    return { accountId, serverId: decodeURIComponent(segment) };
  } catch {
    return undefined;
  }
}
