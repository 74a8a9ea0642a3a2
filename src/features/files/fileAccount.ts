import * as vscode from "vscode";
import { memoize } from "../../base/memo.ts";
import type { AccountId } from "../../domain/account.ts";
import type { AccountResources } from "../../domain/files/accountDocuments.ts";
import { LOCK_FILE } from "../../domain/files/filePaths.ts";
import { placed } from "../../domain/files/resourceFile.ts";
import type { Resources } from "../../domain/resources/kinds.ts";
import type { Collections } from "../../domain/resources/resource.ts";
import type { LockFile } from "../../domain/review/lockFile.ts";
import { escapeItem } from "../../editor/escape.ts";
import { FileError } from "../../editor/textFiles.ts";
import type { State } from "../../engine/state.ts";
import type { AppContext } from "../app.ts";

/** All servers and portals of an account, as people see them; undefined until they are known. */
export function resourcesOf(state: State, accountId: AccountId): AccountResources | undefined {
  const collections = state.accounts.get(accountId)?.collections;
  const isKnown =
    collections !== undefined &&
    [collections.server, collections.portal].every(
      ({ load, items }) => load.kind !== "loading" || items.size > 0,
    );
  return isKnown ? resourcesIn(collections) : undefined;
}

const resourcesIn = memoize(
  ({ server, portal }: Collections<Resources>): AccountResources => ({
    servers: new Map([...server.items].map(([id, { optimistic }]) => [id, optimistic])),
    portals: new Map([...portal.items].map(([id, { optimistic }]) => [id, optimistic])),
  }),
);

/**
 * The account that a folder's files are of: the lock file's, or the only one. Undefined where several
 * are signed in and no lock file names one. Throws a FileError where the lock file's isn't signed in.
 */
export function accountOf(state: State, lock: LockFile | undefined): AccountId | undefined {
  const ids = [...state.accounts.keys()];
  if (lock === undefined) {
    return ids.length === 1 ? ids[0] : undefined;
  }
  if (!state.accounts.has(lock.account)) {
    throw new FileError(
      placed(
        LOCK_FILE,
        1,
        vscode.l10n.t("The files are of account {0}, which isn't signed in.", lock.account),
      ),
    );
  }
  return lock.account;
}

/** Asks where the lock file doesn't tell. Undefined where it was dismissed. */
export async function askAccount(
  { store: { state } }: AppContext,
  title: string,
): Promise<AccountId | undefined> {
  const items = [...state.accounts.values()].map(({ account: { id, name } }) =>
    escapeItem({ label: name, description: id, id }),
  );
  const picked = await vscode.window.showQuickPick(items, { title, matchOnDescription: true });
  return picked?.id;
}

export function accountName({ store: { state } }: AppContext, accountId: AccountId): string {
  return state.accounts.get(accountId)?.account.name ?? accountId;
}
