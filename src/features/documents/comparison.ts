import * as vscode from "vscode";
import { addressParts } from "../../base/text.ts";
import { inOrderOf } from "../../domain/documents/comparison.ts";
import type { ResourceDocument } from "../../domain/documents/resourceDocument.ts";
import { serverDocument } from "../../domain/documents/serverDocument.ts";
import { serverRef } from "../../domain/servers/serverKind.ts";
import type { VirtualDocumentKind } from "../../editor/virtualDocuments.ts";
import { findServer, type State } from "../../engine/state.ts";
import { COMPARED_SCHEME } from "../../manifest.ts";
import type { ServerAddress } from "../../target.ts";
import { documentUri, refIn } from "./resourceDocuments.ts";

/** A server, with its tools in the order of the server that the query names. */
export const COMPARED_DOCUMENT: VirtualDocumentKind<State, ResourceDocument> = {
  scheme: COMPARED_SCHEME,
  sourceOf: (state, { path, query }) => {
    const ref = refIn(path);
    const server = ref && findServer(state, ref.accountId, ref.id)?.optimistic;
    const [accountId = "", serverId = ""] = addressParts(query);
    const other = findServer(state, accountId, serverId)?.optimistic;
    return server && serverDocument(other === undefined ? server : inOrderOf(server, other));
  },
  textOf: (document) => document?.text ?? "",
};

/** Opens a diff: one server on the left, read-only, and the document of the other on the right. */
export async function compareServers(
  left: ServerAddress,
  right: ServerAddress,
  title: string,
): Promise<void> {
  await vscode.commands.executeCommand(
    "vscode.diff",
    documentUri(serverRef(left.accountId, left.serverId)).with({
      scheme: COMPARED_SCHEME,
      query: JSON.stringify([right.accountId, right.serverId]),
    }),
    documentUri(serverRef(right.accountId, right.serverId)),
    title,
  );
}
