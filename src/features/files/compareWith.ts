import * as vscode from "vscode";
import type { AccountId } from "../../domain/account.ts";
import type { Ref } from "../../domain/changes/change.ts";
import { notifyInformation } from "../../editor/notifications.ts";
import type { CommandArguments } from "../../target.ts";
import type { AppContext } from "../app.ts";
import { compareDocuments } from "../documents/index.ts";
import { nameOf } from "../edits/index.ts";
import { accountsWithout, createElsewhere } from "../promote/index.ts";
import { noResources, resourceChoices, resourceTargets } from "../resources/index.ts";
import { type Choice, pick } from "../targets/index.ts";
import { accountName, accountOf, askAccount } from "./fileAccount.ts";
import { type FileAddress, fileAddress } from "./fileAddress.ts";
import { openFileDifference } from "./fileDifference.ts";
import { reportFileError } from "./fileErrors.ts";
import { readFolderLock } from "./workspaceFiles.ts";
import { findFiles } from "./workspaceFolder.ts";

/**
 * Compares a server or portal with its file, or with another of its kind, also of another account. The
 * arrow of the diff carries a line over to the one that the command was called on, and saving writes it.
 * With two rows selected it compares these, and with more of them it says that it can't. A file is compared
 * with what the account has.
 */
export async function compareWith(app: AppContext, args: CommandArguments): Promise<void> {
  if (args.files !== undefined) {
    await compareFiles(app, args.files);
    return;
  }
  const title = vscode.l10n.t("Compare which server or portal?");
  const [one, ...selected] = await resourceTargets(app, args, title);
  if (one === undefined) {
    return;
  }
  const [second, third] = selected;
  if (third !== undefined || (second !== undefined && second.kind !== one.kind)) {
    void notifyInformation(
      vscode.l10n.t(
        "Only two servers, or two portals, can be compared: select two, or one to choose the other.",
      ),
    );
    return;
  }
  const other = second ?? (await askOther(app, one));
  if (other === undefined) {
    return;
  }
  if ("uri" in other) {
    await openFileDifference(other.uri, one.accountId);
  } else if ("there" in other) {
    await createElsewhere(app, one, other.there);
  } else {
    await compareDocuments(other, one, `${inWords(app, other)} ↔ ${inWords(app, one)}`);
  }
}

async function compareFiles(app: AppContext, files: readonly string[]): Promise<void> {
  for (const address of files.flatMap((file) => fileAddress(vscode.Uri.parse(file)) ?? [])) {
    try {
      const lock = await readFolderLock(address.root);
      const title = vscode.l10n.t("Compare {0} with which account?", address.path);
      const accountId = accountOf(app.store.state, lock) ?? (await askAccount(app, title));
      if (accountId !== undefined) {
        await openFileDifference(address.uri, accountId);
      }
    } catch (error) {
      await reportFileError(app, vscode.l10n.t("Nothing was compared."), error, () =>
        compareFiles(app, files),
      );
    }
  }
}

/** What a resource is compared with, or the account in which it is to be made. */
type Other = Ref | FileAddress | { readonly there: AccountId };

/** Its files first, then all others of its kind, of every account. */
async function askOther(app: AppContext, one: Ref): Promise<Other | undefined> {
  const accounts = [...app.store.state.accounts.keys()];
  const others = resourceChoices(app, accounts).filter(
    ({ target: { accountId, kind, id } }) =>
      kind === one.kind && !(accountId === one.accountId && id === one.id),
  );
  const missing = accountsWithout(app, one).map((there) => ({
    label: vscode.l10n.t("Create it in {0}…", accountName(app, there)),
    description: vscode.l10n.t("That account has no server of this id"),
    target: { there },
  }));
  const choices: readonly Choice<Other>[] = [
    ...(await filesFor(app, one)).map((file) => ({
      label: vscode.l10n.t("Its file"),
      description: vscode.workspace.asRelativePath(file.uri),
      target: file,
    })),
    ...others,
    ...missing,
  ];
  const title = vscode.l10n.t("Compare {0} with what?", inWords(app, one));
  const [other] = await pick(choices, title, false, noResources());
  return other;
}

/**
 * The files of a resource in folders whose lock file names its account. A folder without one is that of
 * the only account that is signed in.
 */
async function filesFor(app: AppContext, one: Ref): Promise<readonly FileAddress[]> {
  const found = (await findFiles()).filter(({ kind, id }) => kind === one.kind && id === one.id);
  const isOnly = app.store.state.accounts.size === 1;
  const isOwn = await Promise.all(
    found.map(({ root }) =>
      readFolderLock(root).then(
        (lock) => (lock === undefined ? isOnly : lock.account === one.accountId),
        () => false,
      ),
    ),
  );
  return found.filter((_, index) => isOwn[index]);
}

/** With the account where several are signed in. */
function inWords(app: AppContext, ref: Ref): string {
  const { state } = app.store;
  const name = nameOf(app, ref);
  const account = state.accounts.get(ref.accountId)?.account.name;
  return state.accounts.size > 1 && account !== undefined ? `${name} (${account})` : name;
}
