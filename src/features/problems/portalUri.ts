import * as vscode from "vscode";
import { SCHEME } from "../../manifest.ts";
import type { PortalAddress } from "../../target.ts";

/** The document of a portal, to which its problems belong. */
export function portalUri({ accountId, portalId }: PortalAddress): vscode.Uri {
  return vscode.Uri.from({
    scheme: SCHEME,
    path: `/${accountId}/portals/${encodeURIComponent(portalId)}.mcp-portal.json`,
  });
}
