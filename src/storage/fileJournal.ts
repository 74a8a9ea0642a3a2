import { appendFile, mkdir, readFile, rename, stat } from "node:fs/promises";
import { dirname } from "node:path";
import type { JournalEntry } from "../model/journal.ts";
import type { Journal, Locks } from "../store/ports.ts";

/** Past this many bytes a new file begins, and of the old ones the last is kept. */
const MOST_BYTES = 1_000_000;

/** A journal as a file of one line an entry, appended to by all windows. */
export class FileJournal implements Journal {
  readonly #file: string;
  readonly #older: string;
  readonly #locks: Locks;

  constructor(file: string, locks: Locks) {
    this.#file = file;
    this.#older = `${file}.old`;
    this.#locks = locks;
  }

  /** Without a lock, because it stands between the read and the write of a server. */
  async append(entries: readonly JournalEntry[]): Promise<void> {
    await mkdir(dirname(this.#file), { recursive: true });
    // The line break goes first: what a crash left half written then spoils itself alone.
    await appendFile(this.#file, entries.map((entry) => `\n${JSON.stringify(entry)}`).join(""));
  }

  async read(): Promise<readonly JournalEntry[]> {
    if ((await this.#size()) > MOST_BYTES) await this.#turnOver();
    // With its schema library, which activation needn't load.
    const { readEntry } = await import("../model/journalLine.ts");
    const texts = [await textOf(this.#older), await textOf(this.#file)];
    return texts
      .flatMap((text) => text.split("\n"))
      .flatMap((line) => (line === "" ? [] : (readEntry(line) ?? [])));
  }

  /** A rename takes what another window is appending along, so nothing is lost. */
  #turnOver(): Promise<void> {
    return this.#locks.run("journal", async () => {
      if ((await this.#size()) > MOST_BYTES) await rename(this.#file, this.#older);
    });
  }

  async #size(): Promise<number> {
    return stat(this.#file).then(
      ({ size }) => size,
      () => 0,
    );
  }
}

function textOf(file: string): Promise<string> {
  return readFile(file, "utf8").catch(() => "");
}
