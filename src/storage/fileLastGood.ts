import { randomUUID } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { readSnapshot, type Snapshot, writeSnapshot } from "../model/snapshot.ts";
import type { LastGood } from "../store/ports.ts";

/** A snapshot as a file that all windows write and that is never seen half written. */
export class FileLastGood implements LastGood {
  readonly #file: string;
  /** The newest that isn't written yet; what it replaced needn't be. */
  #next: Snapshot | undefined;
  #writing: Promise<void> | undefined;
  #ended = false;

  constructor(file: string) {
    this.#file = file;
  }

  async read(): Promise<Snapshot | undefined> {
    const text = await readFile(this.#file, "utf8").catch(() => "");
    return readSnapshot(text);
  }

  /** Rejects when the file can't be written. */
  write(snapshot: Snapshot): Promise<void> {
    this.#next = snapshot;
    this.#writing ??= this.#writeAll().finally(() => {
      this.#writing = undefined;
    });
    return this.#writing;
  }

  /** Resolves when nothing will be written any more, so that the file can be removed for good. */
  async end(): Promise<void> {
    this.#ended = true;
    await this.#writing?.catch(() => undefined);
  }

  async #writeAll(): Promise<void> {
    while (this.#next !== undefined && !this.#ended) {
      const text = writeSnapshot(this.#next);
      this.#next = undefined;
      await this.#replace(text);
    }
  }

  async #replace(text: string): Promise<void> {
    await mkdir(dirname(this.#file), { recursive: true });
    const draft = `${this.#file}.${randomUUID()}`;
    await writeFile(draft, text, { mode: 0o600 });
    await rename(draft, this.#file);
  }
}
