import * as vscode from "vscode";
import { NEWEST_SCHEME, type ServerAddress } from "../../contributions.ts";
import { serverDocument } from "../../model/document/document.ts";
import type { Server } from "../../model/server/server.ts";
import { findServer, type State } from "../../store/state.ts";
import type { DerivedKind } from "./derived.ts";
import { addressIn } from "./uri.ts";

/** What is at Cloudflare, beside a document that has changes of its own. */
export const NEWEST: DerivedKind<Server> = {
  scheme: NEWEST_SCHEME,
  sourceOf: (state, uri) => {
    const address = addressIn(uri.path);
    return address && findServer(state, address.accountId, address.serverId)?.server;
  },
  textOf: (server) => (server === undefined ? "" : serverDocument(server)),
};

/** Opens the difference between what is at Cloudflare and the document as it is on screen. */
export async function showNewer(uri: vscode.Uri, name: string): Promise<void> {
  await vscode.commands.executeCommand(
    "vscode.diff",
    uri.with({ scheme: NEWEST_SCHEME }),
    uri,
    vscode.l10n.t("{0}: at Cloudflare ↔ yours", name),
  );
}

export function newestText(
  state: State,
  { accountId, serverId }: ServerAddress,
): string | undefined {
  const found = findServer(state, accountId, serverId);
  return found && serverDocument(found.server);
}
