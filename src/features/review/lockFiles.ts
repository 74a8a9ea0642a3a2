import * as vscode from "vscode";
import { Emitter } from "../../base/emitter.ts";
import { LOCK_FILE } from "../../domain/files/filePaths.ts";
import { placed } from "../../domain/files/resourceFile.ts";
import { type Acceptance, accept } from "../../domain/review/baseline.ts";
import type { DecidingFile } from "../../domain/review/comparison.ts";
import {
  type LockFile,
  lockText,
  MOST_LOCK_BYTES,
  readLock,
  readLockOf,
  tooLargeLock,
  type UnusableLock,
} from "../../domain/review/lockFile.ts";
import { NamedFiles } from "../../editor/namedFiles.ts";
import { FileCache, FileError, textOf, writeFile } from "../../editor/textFiles.ts";
import type { WorkspaceBaselines } from "../../engine/review/reviews.ts";
import type { ReadonlyStore } from "../../engine/store.ts";
import { PROBLEMS_SOURCE } from "../../manifest.ts";
import type { ServerAddress } from "../../target.ts";

/** Without what was pulled, which is half of it and isn't looked at here. */
type Read = Omit<LockFile, "pulled"> | UnusableLock;

interface Deciding extends DecidingFile {
  readonly uri: vscode.Uri;
}

/** Where in a file something has to be told. */
interface Told {
  readonly uri: vscode.Uri;
  readonly line: number;
  readonly message: string;
  readonly severity: vscode.DiagnosticSeverity;
}

/**
 * The lock files of a workspace that somebody trusts. Each decides what the window shows of its
 * account. What is wrong with one stands in Problems, and the stored baseline decides meanwhile.
 */
export class LockFiles implements WorkspaceBaselines, vscode.Disposable {
  readonly #store: ReadonlyStore;
  readonly #changed = new Emitter<void>();
  readonly #problems = vscode.languages.createDiagnosticCollection("mcpPortals.lock");
  readonly #named: NamedFiles;
  readonly #subscription: vscode.Disposable;
  readonly #files = new FileCache(readAt);
  #deciding: ReadonlyMap<string, Deciding> = new Map();
  #accounts: ReadonlySet<string> = new Set();
  #isWanted = false;
  #looking: Promise<void> | undefined;
  #isDisposed = false;

  readonly onDidChange = this.#changed.event;

  constructor(store: ReadonlyStore) {
    this.#store = store;
    this.#named = new NamedFiles(LOCK_FILE, () => void this.#look());
    this.#subscription = store.onDidChange(({ accounts }) => {
      if (this.#accounts.symmetricDifference(accounts).size > 0) {
        void this.#look();
      }
    });
  }

  of(accountId: string): DecidingFile | undefined {
    return this.#deciding.get(accountId);
  }

  async check(accountId: string): Promise<void> {
    const deciding = this.#deciding.get(accountId);
    if (deciding !== undefined) {
      await usableLock(deciding, accountId);
    }
  }

  async accept(
    { accountId, serverId }: ServerAddress,
    acceptances: readonly Acceptance[],
  ): Promise<void> {
    const deciding = this.#deciding.get(accountId);
    const lock = deciding && (await usableLock(deciding, accountId));
    const before = lock?.accepted.get(serverId);
    if (deciding === undefined || lock === undefined || before === undefined) {
      return;
    }
    const { held } = before;
    const after = { ...accept(before, acceptances, new Date().toISOString()), held };
    const accepted = new Map(lock.accepted).set(serverId, after);
    await writeFile(deciding.uri, lockText({ ...lock, accepted }));
    await this.#look();
  }

  dispose(): void {
    this.#isDisposed = true;
    for (const each of [this.#named, this.#subscription, this.#problems]) {
      each.dispose();
    }
    this.#changed.dispose();
  }

  /** Resolves when all that has happened until now was looked at. */
  #look(): Promise<void> {
    this.#isWanted = true;
    this.#looking ??= this.#lookAll().finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
  }

  async #lookAll(): Promise<void> {
    while (this.#isWanted && !this.#isDisposed) {
      this.#isWanted = false;
      await this.#lookOnce();
    }
  }

  async #lookOnce(): Promise<void> {
    // One that a person doesn't trust may be anybody's.
    const uris = vscode.workspace.isTrusted ? this.#named.uris.toSorted(byDepth) : [];
    const deciding = new Map<string, Deciding>();
    const told: Told[] = [];
    this.#accounts = new Set(this.#store.state.accounts.keys());
    for (const uri of uris) {
      const lock = await this.#files.of(uri);
      const problem = lock && this.#take(uri, lock, deciding);
      told.push(...(problem === undefined ? [] : [problem]));
    }
    if (this.#isDisposed) {
      return;
    }
    this.#tell(told);
    const isSame =
      deciding.size === this.#deciding.size &&
      deciding.entries().every(([id, each]) => this.#deciding.get(id) === each);
    if (!isSame) {
      this.#deciding = deciding;
      this.#changed.fire();
    }
  }

  /** @returns what has to be told of the file */
  #take(uri: vscode.Uri, lock: Read, deciding: Map<string, Deciding>): Told | undefined {
    if ("problem" in lock) {
      const { line, problem } = lock;
      return { uri, line, message: problem, severity: vscode.DiagnosticSeverity.Error };
    }
    const { account, accepted } = lock;
    const hint = { uri, line: 1, severity: vscode.DiagnosticSeverity.Information };
    if (!this.#accounts.has(account)) {
      const message = vscode.l10n.t("It is of account {0}, which isn't signed in.", account);
      return { ...hint, message };
    }
    const other = deciding.get(account);
    if (other !== undefined) {
      const message = vscode.l10n.t(
        "Review goes by {0}, which is of the same account.",
        other.name,
      );
      return { ...hint, message };
    }
    const known = this.#deciding.get(account);
    const isKnown = known?.uri.toString() === uri.toString() && known.accepted === accepted;
    const name = vscode.workspace.asRelativePath(uri);
    deciding.set(account, isKnown ? known : { uri, name, accepted });
    return undefined;
  }

  #tell(told: readonly Told[]): void {
    this.#problems.clear();
    for (const { uri, line, message, severity } of told) {
      const range = new vscode.Range(line - 1, 0, line, 0);
      const diagnostic = new vscode.Diagnostic(range, message, severity);
      diagnostic.source = PROBLEMS_SOURCE;
      this.#problems.set(uri, [diagnostic]);
    }
  }
}

/** Undefined for one that was deleted meanwhile. */
async function readAt(uri: vscode.Uri, size: number): Promise<Read | undefined> {
  if (size >= MOST_LOCK_BYTES) {
    return tooLargeLock();
  }
  const bytes = await vscode.workspace.fs.readFile(uri).then(
    (read) => read,
    () => undefined,
  );
  const read = bytes && readLock(new TextDecoder().decode(bytes));
  if (read === undefined || "problem" in read) {
    return read;
  }
  const { account, accepted } = read.lock;
  return { account, accepted };
}

/** The file with what its editor hasn't saved yet. Rejects with the reason why it can't be used. */
async function usableLock({ uri, name }: Deciding, accountId: string): Promise<LockFile> {
  const text = await textOf(uri);
  if (text === undefined) {
    throw new FileError(vscode.l10n.t("{0} is gone.", name));
  }
  const read = readLockOf(accountId, text);
  if ("problem" in read) {
    throw new FileError(placed(name, read.line, read.problem));
  }
  return read.lock;
}

/** The upper ones first. */
function byDepth(one: vscode.Uri, other: vscode.Uri): number {
  const depth = ({ path }: vscode.Uri) => path.split("/").length;
  return depth(one) - depth(other) || (one.path < other.path ? -1 : 1);
}
