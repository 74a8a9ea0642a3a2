import * as vscode from "vscode";
import { addressParts } from "../../base/text.ts";
import type { AccountId } from "../../domain/account.ts";
import { resourceFileIn } from "../../domain/files/accountDocuments.ts";
import { FILE_KINDS, FILE_PLACES } from "../../domain/files/filePaths.ts";
import { fileSchemaText } from "../../domain/files/fileSchema.ts";
import { problemsOfFiles } from "../../domain/files/resourceFile.ts";
import { updatedText } from "../../domain/files/updatedText.ts";
import type { State } from "../../engine/state.ts";
import { FILE_SCHEME } from "../../manifest.ts";
import { resourcesOf } from "./fileAccount.ts";
import { fileAddress } from "./fileAddress.ts";
import { readFile } from "./workspaceFiles.ts";

/** Opens a diff: what the account has on the left, read-only, and the file on the right. */
export async function openFileDifference(file: vscode.Uri, accountId: AccountId): Promise<void> {
  const address = fileAddress(file);
  if (address === undefined) {
    return;
  }
  const left = vscode.Uri.from({
    scheme: FILE_SCHEME,
    path: `/${address.path}`,
    query: JSON.stringify([accountId, file.toString()]),
  });
  await vscode.commands.executeCommand(
    "vscode.diff",
    left,
    file,
    vscode.l10n.t("{0}: in the account ↔ in the file", address.path),
  );
}

/**
 * A resource in the order and with the comments of its file, so that they are no difference; "" where
 * the account has none. Also answers for the schema that such a text names.
 */
export async function accountSide(state: State, uri: vscode.Uri): Promise<string> {
  const kind = FILE_KINDS.find((each) => uri.path === `/${FILE_PLACES[each].schema}`);
  if (kind !== undefined) {
    return fileSchemaText(kind);
  }
  const [accountId = "", path = ""] = addressParts(uri.query);
  const address = fileAddress(vscode.Uri.parse(path));
  const account = resourcesOf(state, accountId);
  const document = address && account && resourceFileIn(account, address.kind, address.id);
  if (address === undefined || document === undefined) {
    return "";
  }
  const file = await readFile(address);
  return file === undefined || problemsOfFiles([file]).length > 0
    ? document.text
    : updatedText(file.text, document);
}
