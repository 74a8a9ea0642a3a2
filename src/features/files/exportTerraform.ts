import * as vscode from "vscode";
import { terraformFiles } from "../../domain/terraform/terraformFiles.ts";
import { confirm, flashStatus } from "../../editor/notifications.ts";
import { textOf, writeFile } from "../../editor/textFiles.ts";
import type { CommandArguments } from "../../target.ts";
import type { AppContext } from "../app.ts";
import { askAccount, resourcesOf } from "./fileAccount.ts";
import { uriIn } from "./fileAddress.ts";
import { reportFileError } from "./fileErrors.ts";

/** Writes an account as Terraform into a folder that is picked. A script gives the folder's URI. */
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
  const files = terraformFiles({
    account: { id: accountId },
    servers: [...account.servers.values()],
    portals: [...account.portals.values()],
  });
  try {
    await writeAll(folder, files);
  } catch (error) {
    await reportFileError(app, vscode.l10n.t("Not all was exported."), error, () =>
      exportTerraform(app, args),
    );
  }
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

async function writeAll(folder: vscode.Uri, files: ReadonlyMap<string, string>): Promise<void> {
  const all = await Promise.all(
    [...files].map(async ([name, text]) => {
      const uri = uriIn(folder, name);
      return { name, uri, text, present: await textOf(uri) };
    }),
  );
  const replaced = all.filter(({ text, present }) => present !== undefined && present !== text);
  if (replaced.length > 0 && !(await isReplaced(replaced.map(({ name }) => name)))) {
    return;
  }
  for (const { uri, text } of all) {
    await writeFile(uri, text);
  }
  const shown = all.find(({ name }) => name === "servers.tf");
  if (shown !== undefined) {
    await vscode.window.showTextDocument(shown.uri);
  }
  flashStatus(vscode.l10n.t("{0} files of Terraform written", all.length));
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
