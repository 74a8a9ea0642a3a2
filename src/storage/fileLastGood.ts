import { randomUUID } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { readSnapshot, type Snapshot, writeSnapshot } from "../model/snapshot.ts";
import type { LastGood } from "../store/ports.ts";

/** A snapshot as a file that all windows write and that is never seen half written. */
export class FileLastGood implements LastGood {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  async read(): Promise<Snapshot | undefined> {
    const text = await readFile(this.#file, "utf8").catch(() => "");
    return readSnapshot(text);
  }

  async write(snapshot: Snapshot): Promise<void> {
    await mkdir(dirname(this.#file), { recursive: true });
    const draft = `${this.#file}.${randomUUID()}`;
    await writeFile(draft, writeSnapshot(snapshot), { mode: 0o600 });
    await rename(draft, this.#file);
  }
}
