import * as vscode from "vscode";
import { addressParts, tabSegment } from "../../base/text.ts";
import type { ExposedCapability } from "../../domain/catalogue/serverCatalogue.ts";
import { DELIVERED_SCHEME } from "../../manifest.ts";
import type { ClientsSubject } from "../../pages/clients/protocol.ts";

/** A tool's definition before or after a client has altered it. */
export interface DeliveredAddress {
  readonly subject: ClientsSubject;
  readonly row: string;
  readonly client: string;
  readonly side: "before" | "after";
}

/**
 * A tab shows the end of the path, which also gives the document its language. The address is JSON in
 * the query, because a name may hold any character.
 */
export function deliveredUri(
  shown: Pick<ExposedCapability, "exposedName" | "kind">,
  { subject, row, client, side }: DeliveredAddress,
): vscode.Uri {
  const [kind, id] =
    "portalId" in subject ? ["portal", subject.portalId] : ["server", subject.serverId];
  return vscode.Uri.from({
    scheme: DELIVERED_SCHEME,
    path: `/${tabSegment(shown.exposedName)}.mcp-${shown.kind}.json`,
    query: JSON.stringify([kind, subject.accountId, id, row, client, side]),
  });
}

/** Undefined for a URI that isn't such a definition's. */
export function parseDeliveredUri({ query }: vscode.Uri): DeliveredAddress | undefined {
  const [kind, accountId, id, row, client, side] = addressParts(query);
  if (accountId === undefined || id === undefined || row === undefined || client === undefined) {
    return undefined;
  }
  if (side !== "before" && side !== "after") {
    return undefined;
  }
  const subject = kind === "portal" ? { accountId, portalId: id } : { accountId, serverId: id };
  return { subject, row, client, side };
}
