import * as vscode from "vscode";
import { addressParts } from "../../base/text.ts";
import type { Ref } from "../../domain/changes/change.ts";
import { portalInOrderOf, serverInOrderOf } from "../../domain/documents/comparison.ts";
import type { ResourceDocument } from "../../domain/documents/resourceDocument.ts";
import { serverDocument } from "../../domain/documents/serverDocument.ts";
import { PORTAL } from "../../domain/portals/portal.ts";
import { SERVER } from "../../domain/servers/server.ts";
import type { VirtualDocumentKind } from "../../editor/virtualDocuments.ts";
import { findPortal, findServer, type State } from "../../engine/state.ts";
import { COMPARED_SCHEME } from "../../manifest.ts";
import { documentUri, findDocument, portalDocumentIn, refIn } from "./resourceDocuments.ts";

/** A server or portal, in the order of the one that the query names. */
export const COMPARED_DOCUMENT: VirtualDocumentKind<State, ResourceDocument> = {
  scheme: COMPARED_SCHEME,
  sourceOf: (state, { path, query }) => {
    const ref = refIn(path);
    const [accountId = "", id = ""] = addressParts(query);
    return ref && documentInOrderOf(state, ref, { ...ref, accountId, id });
  },
  textOf: (document) => document?.text ?? "",
};

/** The document itself where the other one is gone. */
function documentInOrderOf(state: State, ref: Ref, other: Ref): ResourceDocument | undefined {
  const [server, otherServer] = [ref, other].map(({ accountId, kind, id }) =>
    kind === SERVER ? findServer(state, accountId, id)?.optimistic : undefined,
  );
  if (server !== undefined && otherServer !== undefined) {
    return serverDocument(serverInOrderOf(server, otherServer));
  }
  const [portal, otherPortal] = [ref, other].map(({ accountId, kind, id }) =>
    kind === PORTAL ? findPortal(state, { accountId, portalId: id })?.optimistic : undefined,
  );
  return portal !== undefined && otherPortal !== undefined
    ? portalDocumentIn(state, ref.accountId, portalInOrderOf(portal, otherPortal))
    : findDocument(state, ref);
}

/** Opens a diff: one resource on the left, read-only, and the document of the other on the right. */
export async function compareDocuments(left: Ref, right: Ref, title: string): Promise<void> {
  await vscode.commands.executeCommand(
    "vscode.diff",
    documentUri(left).with({
      scheme: COMPARED_SCHEME,
      query: JSON.stringify([right.accountId, right.id]),
    }),
    documentUri(right),
    title,
  );
}
