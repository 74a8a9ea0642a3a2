import { randomUUID } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { TaskTracker } from "../../base/async.ts";
import type { Locks, SharedJson } from "../ports.ts";
import { withStorageWords } from "./storageError.ts";

/**
 * One JSON value as a file that all windows share. It is read and written in one go: 1 MB, the hints
 * of 27,000 tools with long names, takes 9 ms to read and 19 ms to write.
 */
export class SharedJsonFile implements SharedJson {
  readonly #file: string;
  readonly #locks: Locks;
  readonly #words: (file: string, reason: string) => string;
  readonly #lifetime = new TaskTracker();

  /** @param words tells a person what couldn't be kept in that file, and what that means */
  constructor(file: string, locks: Locks, words: (file: string, reason: string) => string) {
    this.#file = file;
    this.#locks = locks;
    this.#words = words;
  }

  read(): unknown {
    try {
      return JSON.parse(readFileSync(this.#file, "utf8"));
    } catch {
      return undefined;
    }
  }

  update(change: (value: unknown) => unknown): Promise<void> {
    return withStorageWords(
      () => this.#locks.run("shared", () => this.#lifetime.run(async () => this.updateNow(change))),
      (reason) => this.#words(this.#file, reason),
    );
  }

  updateNow(change: (value: unknown) => unknown): void {
    const text = JSON.stringify(change(this.read()));
    mkdirSync(dirname(this.#file), { recursive: true });
    // A rename is atomic, so a reader never sees half a file.
    const draft = `${this.#file}.${randomUUID()}`;
    try {
      writeFileSync(draft, text, { mode: 0o600 });
      renameSync(draft, this.#file);
    } catch (error) {
      rmSync(draft, { force: true });
      throw error;
    }
  }

  /** Resolves when no more writes can follow, so that the file can be removed for good. */
  end(): Promise<void> {
    return this.#lifetime.end();
  }
}
