import * as vscode from "vscode";
import type { AccountId } from "../../domain/account.ts";
import type { Ref } from "../../domain/changes/change.ts";
import { serverFile } from "../../domain/files/accountDocuments.ts";
import { filePath } from "../../domain/files/filePaths.ts";
import { schemaFiles } from "../../domain/files/schemaFiles.ts";
import { definitionOf } from "../../domain/servers/newServer.ts";
import { SERVER } from "../../domain/servers/server.ts";
import { serverKind } from "../../domain/servers/serverKind.ts";
import { confirmDifferences } from "../../editor/confirmDifferences.ts";
import { findServer, isReadOnly } from "../../engine/state.ts";
import type { AppContext } from "../app.ts";
import { syncTargets } from "../sync/index.ts";

/** The accounts that lack a server, and that may be written to. */
export function accountsWithout(
  { store: { state } }: AppContext,
  { accountId, kind, id }: Ref,
): readonly AccountId[] {
  return kind === SERVER
    ? [...state.accounts.keys()].filter(
        (each) =>
          each !== accountId &&
          !isReadOnly(state, each) &&
          findServer(state, each, id) === undefined,
      )
    : [];
}

/** Makes a server in another account as it is in its own, after it was shown. Syncs it. */
export async function createElsewhere(
  app: AppContext,
  { accountId, id }: Ref,
  there: AccountId,
): Promise<void> {
  const server = findServer(app.store.state, accountId, id)?.optimistic;
  const session = app.sessions.get(there);
  if (server === undefined || session === undefined) {
    return;
  }
  const name = session.account.name;
  const isMeant = await confirmDifferences(
    [{ path: filePath(SERVER, id), before: undefined, after: serverFile(server).text }],
    {
      tab: vscode.l10n.t("{0} in {1}", server.name, name),
      title: vscode.l10n.t("Create {0} in {1}?", server.name, name),
      apply: vscode.l10n.t("Create"),
      meaning: vscode.l10n.t("It can't be undone, only deleted again. Its credential isn't copied"),
      beside: schemaFiles(),
    },
  );
  if (!isMeant) {
    return;
  }
  try {
    await session.operations(serverKind).create(definitionOf(server));
  } catch (error) {
    const what = vscode.l10n.t("{0} wasn't created in {1}.", server.name, name);
    void app.reporter.reportFailure(what, error, () =>
      createElsewhere(app, { accountId, kind: SERVER, id }, there),
    );
    return;
  }
  await syncTargets(app, [{ kind: "server", accountId: there, serverId: id }]);
}
