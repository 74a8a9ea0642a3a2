import * as vscode from "vscode";
import type { AccountId } from "../../domain/account.ts";
import type { AccountResources } from "../../domain/files/accountDocuments.ts";
import type { Looked } from "../../domain/reach/chain.ts";
import { unread } from "../../domain/reach/words.ts";
import { terraformFiles } from "../../domain/terraform/terraformFiles.ts";
import { confirm, flashStatus, notifyWarning, showProgress } from "../../editor/notifications.ts";
import { textOf, writeFile } from "../../editor/textFiles.ts";
import { readSurroundings } from "../../engine/reach/surroundings.ts";
import type { CommandArguments } from "../../target.ts";
import type { AppContext } from "../app.ts";
import { askAccount, resourcesOf } from "./fileAccount.ts";
import { uriIn } from "./fileAddress.ts";
import { reportFileError } from "./fileErrors.ts";

/**
 * Writes an account as Terraform into a folder that is picked, with what its credential may read of
 * Access and DNS. A script gives the folder's URI.
 */
export async function exportTerraform(app: AppContext, args: CommandArguments): Promise<void> {
  const [only, second] = args.accountIds;
  const accountId =
    second === undefined
      ? only
      : await askAccount(app, vscode.l10n.t("Export which account as Terraform?"));
  const account = accountId === undefined ? undefined : resourcesOf(app.store.state, accountId);
  if (accountId === undefined || account === undefined) {
    return;
  }
  const folder = args.text === undefined ? await pickFolder() : vscode.Uri.parse(args.text, true);
  if (folder === undefined) {
    return;
  }
  try {
    const { files, leftOut } = await terraformOf(app, accountId, account);
    if ((await writeAll(folder, files)) && leftOut.length > 0) {
      void notifyWarning(leftOut.join(" "));
    }
  } catch (error) {
    await reportFileError(app, vscode.l10n.t("Not all was exported."), error, () =>
      exportTerraform(app, args),
    );
  }
}

interface Exported {
  readonly files: ReadonlyMap<string, string>;
  /** What the credential may not read, in sentences: a file looks as whole without it. */
  readonly leftOut: readonly string[];
}

async function terraformOf(
  app: AppContext,
  id: AccountId,
  { servers, portals }: AccountResources,
): Promise<Exported> {
  const source = {
    account: { id },
    servers: [...servers.values()],
    portals: [...portals.values()],
  };
  const api = app.sessions.get(id)?.surroundings;
  if (api === undefined) {
    return { files: terraformFiles(source), leftOut: [] };
  }
  const { apps, records } = await showProgress(
    vscode.l10n.t("Reading Access applications and DNS records…"),
    () => readSurroundings(api, source.portals, [...servers.keys()]),
  );
  return {
    files: terraformFiles({ ...source, apps: readOf(apps), records: readOf(records) }),
    leftOut: [
      ...leftOutOf(apps, vscode.l10n.t("Access applications and policies")),
      ...leftOutOf(records, vscode.l10n.t("DNS records")),
    ],
  };
}

function readOf<T>(looked: Looked<readonly T[]>): readonly T[] {
  return looked.kind === "read" ? looked.value : [];
}

function leftOutOf(looked: Looked<unknown>, what: string): readonly string[] {
  return looked.kind === "read"
    ? []
    : [vscode.l10n.t("Left out: {0}. {1}", what, unread(looked).sentence)];
}

async function pickFolder(): Promise<vscode.Uri | undefined> {
  const [folder] =
    (await vscode.window.showOpenDialog({
      title: vscode.l10n.t("Export as Terraform to which folder?"),
      openLabel: vscode.l10n.t("Export Here"),
      canSelectFiles: false,
      canSelectFolders: true,
    })) ?? [];
  return folder;
}

/** False where somebody would rather keep what is there. */
async function writeAll(folder: vscode.Uri, files: ReadonlyMap<string, string>): Promise<boolean> {
  const all = await Promise.all(
    [...files].map(async ([name, text]) => {
      const uri = uriIn(folder, name);
      return { name, uri, text, present: await textOf(uri) };
    }),
  );
  const replaced = all.filter(({ text, present }) => present !== undefined && present !== text);
  if (replaced.length > 0 && !(await isReplaced(replaced.map(({ name }) => name)))) {
    return false;
  }
  for (const { uri, text } of all) {
    await writeFile(uri, text);
  }
  const shown = all.find(({ name }) => name === "servers.tf");
  if (shown !== undefined) {
    await vscode.window.showTextDocument(shown.uri);
  }
  flashStatus(vscode.l10n.t("{0} files of Terraform written", all.length));
  return true;
}

async function isReplaced(names: readonly string[]): Promise<boolean> {
  const replace = vscode.l10n.t("Replace");
  const answer = await confirm(
    names.length === 1
      ? vscode.l10n.t("Replace {0}?", names[0] ?? "")
      : vscode.l10n.t("Replace {0} files?", names.length),
    vscode.l10n.t("They are there already, and say something else:\n{0}", names.join("\n")),
    replace,
  );
  return answer === replace;
}
