import * as vscode from "vscode";
import { conflictsIn } from "../../domain/plans/plan.ts";
import { escapeLabel } from "../../editor/escape.ts";
import { isFileError } from "../../editor/textFiles.ts";
import { isReadOnly, type State } from "../../engine/state.ts";
import type { ReadonlyStore } from "../../engine/store.ts";
import { COMMANDS, FILE_SCHEME } from "../../manifest.ts";
import { accountOf } from "./fileAccount.ts";
import { fileAddress } from "./fileAddress.ts";
import { type FileState, fileStateOf } from "./fileState.ts";
import { type FolderLocks, fileOf } from "./workspaceFiles.ts";

/** The line above a file that says whether it differs from the account, with what can be done then. */
export class FileLenses implements vscode.CodeLensProvider {
  readonly #store: ReadonlyStore;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #locks: FolderLocks;
  readonly #subscription: vscode.Disposable;

  readonly onDidChangeCodeLenses = this.#changed.event;

  /** @param sideChanged is called for each left side of an open comparison that may be old */
  constructor(store: ReadonlyStore, locks: FolderLocks, sideChanged: (uri: vscode.Uri) => void) {
    this.#store = store;
    this.#locks = locks;
    let before = store.state;
    this.#subscription = vscode.Disposable.from(
      store.onDidChange((after) => {
        if (!hasSameResources(before, after)) {
          this.#changed.fire();
          openSides().forEach(sideChanged);
        }
        before = after;
      }),
      locks.onDidChange(() => this.#changed.fire()),
    );
  }

  async provideCodeLenses(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
    const top = new vscode.Range(0, 0, 0, 0);
    return (await this.#commandsFor(document)).map((command) => new vscode.CodeLens(top, command));
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }

  async #commandsFor(document: vscode.TextDocument): Promise<readonly vscode.Command[]> {
    const address = fileAddress(document.uri);
    if (address === undefined) {
      return [];
    }
    try {
      const lock = await this.#locks.of(address.root);
      const { state } = this.#store;
      const accountId = state.accounts.size === 0 ? undefined : accountOf(state, lock);
      const found =
        accountId === undefined
          ? undefined
          : fileStateOf(state, accountId, fileOf(address, document.getText()), lock);
      return accountId === undefined || found === undefined
        ? []
        : lensesOf(document.uri, found, isReadOnly(state, accountId));
    } catch (error) {
      if (isFileError(error)) {
        return [plain(error.message)];
      }
      throw error;
    }
  }
}

function lensesOf(uri: vscode.Uri, found: FileState, readOnly: boolean): readonly vscode.Command[] {
  const compare: vscode.Command = {
    title: vscode.l10n.t("$(diff) Compare"),
    command: COMMANDS.compareWith,
    arguments: [uri],
  };
  const apply = (title: string): readonly vscode.Command[] =>
    readOnly ? [] : [{ title, command: COMMANDS.applyToAccount, arguments: [uri] }];
  switch (found.kind) {
    case "same":
      return [plain(vscode.l10n.t("Same as the account"))];
    case "broken":
      return [plain(found.problems[0] ?? "")];
    case "differs":
      if (found.action.action === "create") {
        return [
          plain(vscode.l10n.t("The account doesn't have it")),
          ...apply(vscode.l10n.t("$(cloud-upload) Create…")),
        ];
      }
      return [
        plain(vscode.l10n.t("Differs from the account")),
        ...(conflictsIn([found.action]) === 0
          ? []
          : [{ title: vscode.l10n.t("$(warning) changed there too"), command: "" }]),
        compare,
        ...apply(vscode.l10n.t("$(cloud-upload) Apply…")),
      ];
  }
}

/** A lens without a command. Its text may quote a stranger's name. */
function plain(title: string): vscode.Command {
  return { title: escapeLabel(title), command: "" };
}

export function hasSameResources(before: State, after: State): boolean {
  return (
    before.accounts.size === after.accounts.size &&
    [...after.accounts].every(([id, { collections, access }]) => {
      const old = before.accounts.get(id);
      return (
        old?.access === access &&
        old.collections.server === collections.server &&
        old.collections.portal === collections.portal
      );
    })
  );
}

function openSides(): readonly vscode.Uri[] {
  return vscode.workspace.textDocuments
    .map(({ uri }) => uri)
    .filter(({ scheme }) => scheme === FILE_SCHEME);
}
