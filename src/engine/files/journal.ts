import { appendFile, mkdir, readFile, rename, stat } from "node:fs/promises";
import { dirname } from "node:path";
import * as l10n from "@vscode/l10n";
import { TaskTracker } from "../../base/async.ts";
import type { AccountId } from "../../domain/account.ts";
import type { JournalEntry } from "../../domain/changes/journal.ts";
import { readEntry } from "../../domain/changes/journalLine.ts";
import type { Journal, Locks } from "../ports.ts";
import { withStorageWords } from "./storageError.ts";

/** Beyond this many bytes a new file begins. Of the old files, only the last is kept. */
const MOST_BYTES = 1_000_000;

interface JournalOptions {
  readonly file: string;
  /** The account of every entry. */
  readonly accountId: AccountId;
  readonly locks: Locks;
}

/** A journal as a file with one line per entry. All windows append to it. */
export class FileJournal implements Journal {
  readonly #file: string;
  readonly #older: string;
  readonly #accountId: AccountId;
  readonly #locks: Locks;
  readonly #lifetime = new TaskTracker();

  constructor({ file, accountId, locks }: JournalOptions) {
    this.#file = file;
    this.#accountId = accountId;
    this.#older = `${file}.old`;
    this.#locks = locks;
  }

  /**
   * Without a lock, because it stands between the read and the write of a resource. Rejects with a
   * StorageError.
   */
  append(entries: readonly JournalEntry[]): Promise<void> {
    // The line break goes first, so that a line left incomplete by a crash spoils only itself.
    const text = entries.map((entry) => `\n${JSON.stringify(entry)}`).join("");
    const write = async () => {
      await mkdir(dirname(this.#file), { recursive: true });
      await appendFile(this.#file, text, { mode: 0o600 });
    };
    return withStorageWords(
      () => this.#lifetime.run(write),
      (reason) =>
        l10n.t(
          "The step that Undo needs couldn't be stored in {0}: {1}. What can't be undone isn't sent.",
          this.#file,
          reason,
        ),
    );
  }

  async read(): Promise<readonly JournalEntry[]> {
    await this.rotate();
    const texts = [await textOf(this.#older), await textOf(this.#file)];
    return texts
      .flatMap((text) => text.split("\n"))
      .flatMap((line) => (line === "" ? [] : (readEntry(line, this.#accountId) ?? [])));
  }

  /**
   * Begins a new file when this one is long. A rename keeps what another window is appending, so
   * nothing is lost. Never rejects: a journal that can't be rotated only grows longer.
   */
  async rotate(): Promise<void> {
    if (!(await this.#isLong())) {
      return;
    }
    const turn = this.#locks.run("journal", async () => {
      if (!(await this.#isLong())) {
        return;
      }
      await this.#lifetime.run(() => rename(this.#file, this.#older));
    });
    await turn.catch(() => undefined);
  }

  /** Resolves when no more writes can follow, so that the file can be removed for good. */
  end(): Promise<void> {
    return this.#lifetime.end();
  }

  #isLong(): Promise<boolean> {
    return stat(this.#file).then(
      ({ size }) => size > MOST_BYTES,
      () => false,
    );
  }
}

function textOf(file: string): Promise<string> {
  return readFile(file, "utf8").catch(() => "");
}
