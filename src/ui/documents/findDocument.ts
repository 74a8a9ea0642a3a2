import * as vscode from "vscode";
import type { ServerAddress } from "../../contributions.ts";
import { findServer, isReadOnly, type ServerState, type State } from "../../store/state.ts";
import type { ReadonlyStore } from "../../store/store.ts";
import { parseServerUri } from "./uri.ts";

/** The server that a document is of. */
export interface FoundDocument extends ServerState {
  readonly address: ServerAddress;
  readonly readOnly: boolean;
}

/**
 * Rejects where there is no such server. A document that was restored with the window waits until
 * there is something to show.
 * @param ready settles when the accounts of an earlier window are back
 */
export async function findDocument(
  store: ReadonlyStore,
  ready: Promise<unknown>,
  uri: vscode.Uri,
): Promise<FoundDocument> {
  const address = parseServerUri(uri);
  if (address === undefined) throw vscode.FileSystemError.FileNotFound(uri);
  await ready;
  const state = await whenLoaded(store, address.accountId);
  const found = findServer(state, address.accountId, address.serverId);
  if (found === undefined) throw vscode.FileSystemError.FileNotFound(uri);
  return { ...found, address, readOnly: isReadOnly(state, address.accountId) };
}

function whenLoaded(store: ReadonlyStore, accountId: string): Promise<State> {
  const isSettled = ({ accounts }: State): boolean => {
    const account = accounts.get(accountId);
    return account?.load.kind !== "loading" || account.servers.size > 0;
  };
  if (isSettled(store.state)) return Promise.resolve(store.state);
  return new Promise((resolve) => {
    const subscription = store.onDidChange((state) => {
      if (!isSettled(state)) return;
      subscription.dispose();
      resolve(state);
    });
  });
}
