import { randomUUID } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { readSnapshot, type Snapshot, writeSnapshot } from "../model/snapshot.ts";
import type { LastGood } from "../store/ports.ts";

/** A snapshot as a file that all windows write and that is never seen half written. */
export class FileLastGood implements LastGood {
  readonly #file: string;
  #written: Promise<void> = Promise.resolve();
  #ended = false;

  constructor(file: string) {
    this.#file = file;
  }

  async read(): Promise<Snapshot | undefined> {
    const text = await readFile(this.#file, "utf8").catch(() => "");
    return readSnapshot(text);
  }

  write(snapshot: Snapshot): Promise<void> {
    const write = this.#written.then(() => this.#write(snapshot));
    this.#written = write.catch(() => undefined);
    return write;
  }

  /** Resolves when nothing will be written any more, so that the file can be removed for good. */
  end(): Promise<void> {
    this.#ended = true;
    return this.#written;
  }

  async #write(snapshot: Snapshot): Promise<void> {
    if (this.#ended) return;
    await mkdir(dirname(this.#file), { recursive: true });
    const draft = `${this.#file}.${randomUUID()}`;
    await writeFile(draft, writeSnapshot(snapshot), { mode: 0o600 });
    await rename(draft, this.#file);
  }
}
