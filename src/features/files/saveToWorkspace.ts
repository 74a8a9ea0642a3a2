import * as vscode from "vscode";
import type { AccountId } from "../../domain/account.ts";
import type { Ref } from "../../domain/changes/change.ts";
import type { ResourceDocument } from "../../domain/documents/resourceDocument.ts";
import {
  type AccountResources,
  resourceDocumentIn,
  resourceFileIn,
} from "../../domain/files/accountDocuments.ts";
import type { FileDocument } from "../../domain/files/fileDocument.ts";
import { type FileKind, filePath, LOCK_FILE } from "../../domain/files/filePaths.ts";
import { withFirstLooks, withPulled } from "../../domain/files/pulled.ts";
import { problemsOfFiles, type ResourceFile } from "../../domain/files/resourceFile.ts";
import { schemaFiles } from "../../domain/files/schemaFiles.ts";
import { updatedText } from "../../domain/files/updatedText.ts";
import { isEdited } from "../../domain/plans/fileChanges.ts";
import { PORTAL } from "../../domain/portals/portal.ts";
import { emptyLock, type LockFile, lockText } from "../../domain/review/lockFile.ts";
import { SERVER } from "../../domain/servers/server.ts";
import { confirm, flashStatus } from "../../editor/notifications.ts";
import { openFile, writeChanged, writeFile } from "../../editor/textFiles.ts";
import type { CommandArguments } from "../../target.ts";
import type { AppContext } from "../app.ts";
import { pickResources, resourceRefs } from "../resources/index.ts";
import { resourcesOf } from "./fileAccount.ts";
import { type FileAddress, uriIn } from "./fileAddress.ts";
import { openFileDifference } from "./fileDifference.ts";
import { reportFileError } from "./fileErrors.ts";
import { readFile, readFolderLock } from "./workspaceFiles.ts";
import { chooseFolder, findFiles } from "./workspaceFolder.ts";

/**
 * Writes servers and portals as files of the workspace, as `pull` does: comments and order of a file
 * that is there survive. An account's row stands for all that it has.
 */
export async function saveToWorkspace(app: AppContext, args: CommandArguments): Promise<void> {
  const refs =
    args.rows === undefined
      ? await pickResources(app, args.accountIds, vscode.l10n.t("Save which as files?"))
      : resourceRefs(app, args.rows);
  for (const [accountId, of] of Map.groupBy(refs, (ref) => ref.accountId)) {
    await saveAccount(app, accountId, of);
  }
}

async function saveAccount(
  app: AppContext,
  accountId: AccountId,
  refs: readonly Ref[],
): Promise<void> {
  const root = await chooseFolder(accountId);
  const account = resourcesOf(app.store.state, accountId);
  if (root === undefined || account === undefined) {
    return;
  }
  try {
    await new FolderSave(root, accountId, account).save(refs);
  } catch (error) {
    await reportFileError(app, vscode.l10n.t("Nothing was saved."), error, () =>
      saveAccount(app, accountId, refs),
    );
  }
}

/** One file, and what becomes of it. */
interface Planned {
  readonly kind: FileKind;
  readonly id: string;
  readonly uri: vscode.Uri;
  readonly path: string;
  readonly text: string;
  /** True where the file says something that nobody else has. */
  readonly losesEdits: boolean;
}

/** One save into one folder. */
class FolderSave {
  readonly #root: vscode.Uri;
  readonly #accountId: AccountId;
  readonly #account: AccountResources;

  constructor(root: vscode.Uri, accountId: AccountId, account: AccountResources) {
    this.#root = root;
    this.#accountId = accountId;
    this.#account = account;
  }

  async save(refs: readonly Ref[]): Promise<void> {
    const lock = await this.#readLock();
    const present = new Map(
      (await findFiles(this.#root)).map((each) => [keyOf(each.kind, each.id), each]),
    );
    const planned = await Promise.all(
      refs.flatMap(({ kind, id }) => {
        const fileKind = kind === PORTAL ? PORTAL : SERVER;
        return this.#planned(fileKind, id, present.get(keyOf(fileKind, id)), lock);
      }),
    );
    const chosen = await this.#chosen(planned.flatMap((each) => each ?? []));
    const [first] = chosen;
    if (first === undefined) {
      return;
    }
    for (const { uri, text } of chosen) {
      await writeChanged(uri, text);
    }
    await this.#writeBeside(lock, chosen);
    await vscode.window.showTextDocument(first.uri, { preview: false });
    flashStatus(
      chosen.length === 1
        ? vscode.l10n.t("Saved to {0}", first.path)
        : vscode.l10n.t("{0} files saved to the workspace", chosen.length),
    );
  }

  /** @param address where the resource has a file already */
  async #planned(
    kind: FileKind,
    id: string,
    address: FileAddress | undefined,
    lock: LockFile,
  ): Promise<Planned | undefined> {
    const document = resourceFileIn(this.#account, kind, id);
    const own = resourceDocumentIn(this.#account, kind, id);
    if (document === undefined || own === undefined) {
      return undefined;
    }
    const file = address && (await readFile(address));
    return address === undefined || file === undefined
      ? this.#newFile(kind, id, document)
      : changedFile(address.uri, file, { document, own }, lock);
  }

  async #readLock(): Promise<LockFile> {
    return (await readFolderLock(this.#root, this.#accountId)) ?? emptyLock(this.#accountId);
  }

  #newFile(kind: FileKind, id: string, { text }: FileDocument): Planned {
    const path = filePath(kind, id);
    return { kind, id, uri: uriIn(this.#root, path), path, text, losesEdits: false };
  }

  /** The files to be written. Asks once about those that would lose something. */
  async #chosen(planned: readonly Planned[]): Promise<readonly Planned[]> {
    const losing = planned.filter(({ losesEdits }) => losesEdits);
    const [first, second] = losing;
    if (first === undefined) {
      return planned;
    }
    const replace = vscode.l10n.t("Replace");
    const compare = vscode.l10n.t("Compare");
    const keep = vscode.l10n.t("Keep Them");
    const answer = await confirm(
      second === undefined
        ? vscode.l10n.t("Replace what {0} says?", first.path)
        : vscode.l10n.t("Replace what {0} files say?", losing.length),
      vscode.l10n.t(
        "{0}\n\nThere are changes in it that the account doesn't have. They would be lost.",
        losing.map(({ path }) => path).join("\n"),
      ),
      replace,
      second === undefined ? compare : keep,
    );
    if (answer === compare) {
      await openFileDifference(first.uri, this.#accountId);
    }
    if (answer === replace) {
      return planned;
    }
    return answer === keep ? planned.filter(({ losesEdits }) => !losesEdits) : [];
  }

  /** The lock comes last, so that it never tells of what isn't there yet. */
  async #writeBeside(lock: LockFile, saved: readonly Planned[]): Promise<void> {
    for (const [path, text] of schemaFiles()) {
      await writeChanged(uriIn(this.#root, path), text);
    }
    const servers = saved.flatMap(({ kind, id }) =>
      kind === SERVER ? (this.#account.servers.get(id) ?? []) : [],
    );
    const seen = withFirstLooks(lock, servers, new Date().toISOString());
    await writeFile(uriIn(this.#root, LOCK_FILE), lockText(withPulled(seen, this.#account, saved)));
  }
}

/** @param own the document of the resource, which has nothing that only a file says */
function changedFile(
  uri: vscode.Uri,
  file: ResourceFile,
  { document, own }: { readonly document: FileDocument; readonly own: ResourceDocument },
  lock: LockFile,
): Planned {
  const { kind, id, path } = file;
  // What can't be understood can't be kept.
  const isBroken = problemsOfFiles([file]).length > 0;
  const text = isBroken ? document.text : updatedText(file.text, document);
  const pulled = lock.pulled[kind].get(id);
  const hasEdits = pulled === undefined || isBroken || isEdited(own, file, pulled);
  const isDirty = openFile(uri)?.isDirty === true;
  return {
    kind,
    id,
    uri,
    path,
    text,
    losesEdits: text !== file.text && (hasEdits || isDirty),
  };
}

function keyOf(kind: FileKind, id: string): string {
  return JSON.stringify([kind, id]);
}
