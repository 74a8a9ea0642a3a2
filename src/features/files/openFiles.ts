import * as vscode from "vscode";
import { memoize } from "../../base/memo.ts";
import type { AccountId } from "../../domain/account.ts";
import type { ResourceDocument } from "../../domain/documents/resourceDocument.ts";
import { serverDocument } from "../../domain/documents/serverDocument.ts";
import {
  type AccountResources,
  portalDocumentIn,
  resourceDocumentIn,
} from "../../domain/files/accountDocuments.ts";
import type { FileKind } from "../../domain/files/filePaths.ts";
import { blankPortal, blankServer } from "../../domain/files/newResources.ts";
import { changesInFile } from "../../domain/plans/fileChanges.ts";
import { mistakesInFile } from "../../domain/plans/planFiles.ts";
import { portalRef } from "../../domain/portals/portalKind.ts";
import { SERVER } from "../../domain/servers/server.ts";
import { serverRef } from "../../domain/servers/serverKind.ts";
import { isFileError } from "../../editor/textFiles.ts";
import type { State } from "../../engine/state.ts";
import type { ReadonlyStore } from "../../engine/store.ts";
import type { Described, DescribedTexts } from "../documents/index.ts";
import { accountOf, resourcesOf } from "./fileAccount.ts";
import { fileAddress } from "./fileAddress.ts";
import { hasSameResources } from "./fileLenses.ts";
import { type FolderLocks, fileOf } from "./workspaceFiles.ts";

/**
 * The open files of servers and portals, each with the account that it is of. That takes reading the
 * lock file, so it is known a moment after the file was opened.
 */
export class OpenFiles implements DescribedTexts, vscode.Disposable {
  readonly #store: ReadonlyStore;
  readonly #locks: FolderLocks;
  /** By the URI of the file. */
  readonly #accounts = new Map<string, AccountId>();
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscription: vscode.Disposable;

  readonly onDidChange = this.#changed.event;

  constructor(store: ReadonlyStore, locks: FolderLocks) {
    this.#store = store;
    this.#locks = locks;
    let before = store.state;
    const lookAgain = (): void => void this.#lookUp([...this.open().values()]);
    this.#subscription = vscode.Disposable.from(
      store.onDidChange((after) => {
        if (!hasSameResources(before, after)) {
          lookAgain();
        }
        before = after;
      }),
      locks.onDidChange(lookAgain),
      vscode.workspace.onDidOpenTextDocument((document) => {
        if (fileAddress(document.uri) !== undefined) {
          void this.#lookUp([document]);
        }
      }),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#accounts.delete(uri.toString())),
    );
    lookAgain();
  }

  open(): ReadonlyMap<string, vscode.TextDocument> {
    return new Map(
      vscode.workspace.textDocuments
        .filter(({ uri, isClosed }) => !isClosed && fileAddress(uri) !== undefined)
        .map((document) => [document.uri.toString(), document]),
    );
  }

  describe(state: State, { uri }: vscode.TextDocument): Described | undefined {
    const address = fileAddress(uri);
    const accountId = this.#accounts.get(uri.toString());
    const account = accountId === undefined ? undefined : resourcesOf(state, accountId);
    if (address === undefined || accountId === undefined || account === undefined) {
      return undefined;
    }
    const { kind, id } = address;
    const document = documentIn(account, kind, id);
    return {
      ref: kind === SERVER ? serverRef(accountId, id) : portalRef(accountId, id),
      document,
      isDraft: true,
      changes: (text) => changesInFile(document, fileOf(address, text)),
      mistakes: (text) => mistakesInFile(fileOf(address, text), account),
    };
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }

  async #lookUp(documents: readonly vscode.TextDocument[]): Promise<void> {
    await Promise.all(
      documents.map(async ({ uri }) => {
        const accountId = await this.#accountOf(uri);
        if (accountId === undefined) {
          this.#accounts.delete(uri.toString());
        } else {
          this.#accounts.set(uri.toString(), accountId);
        }
      }),
    );
    this.#changed.fire();
  }

  /** Undefined where nobody can tell. The file's CodeLens says why. */
  async #accountOf(uri: vscode.Uri): Promise<AccountId | undefined> {
    const address = fileAddress(uri);
    if (address === undefined) {
      return undefined;
    }
    try {
      return accountOf(this.#store.state, await this.#locks.of(address.root));
    } catch (error) {
      if (isFileError(error)) {
        return undefined;
      }
      throw error;
    }
  }
}

/** The resource as its document has it, or what a new one begins with. */
function documentIn(account: AccountResources, kind: FileKind, id: string): ResourceDocument {
  const documents = documentsOf(account);
  const key = JSON.stringify([kind, id]);
  const known = documents.get(key);
  const document =
    known ??
    resourceDocumentIn(account, kind, id) ??
    (kind === SERVER
      ? serverDocument(blankServer(id, "", ""))
      : portalDocumentIn(blankPortal(id, ""), account));
  documents.set(key, document);
  return document;
}

/** The same object for as long as the account stays as it is, by which others remember what they made. */
const documentsOf = memoize((_account: AccountResources) => new Map<string, ResourceDocument>());
