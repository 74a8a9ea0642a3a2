import * as vscode from "vscode";
import { SCHEME } from "../../contributions.ts";

export interface ServerAddress {
  readonly accountId: string;
  readonly serverId: string;
}

const PATH = /^\/([^/]+)\/servers\/([^/]+)\.mcp-server\.json$/u;

export function serverUri(accountId: string, serverId: string): vscode.Uri {
  return vscode.Uri.from({
    scheme: SCHEME,
    path: `/${accountId}/servers/${encodeURIComponent(serverId)}.mcp-server.json`,
  });
}

/** Undefined for a path that no server's document has. */
export function parseServerUri(uri: vscode.Uri): ServerAddress | undefined {
  const [, accountId, serverId] = PATH.exec(uri.path) ?? [];
  if (uri.scheme !== SCHEME || accountId === undefined || serverId === undefined) return undefined;
  return { accountId, serverId: decodeURIComponent(serverId) };
}
