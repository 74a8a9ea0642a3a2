import { randomUUID } from "node:crypto";
import { type FSWatcher, watch } from "node:fs";
import { mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as l10n from "@vscode/l10n";
import { TaskTracker } from "../../base/async.ts";
import {
  type Baseline,
  baselineText,
  parseBaseline,
  type StoredBaseline,
} from "../../domain/review/baseline.ts";
import type { BaselineStore, Locks } from "../ports.ts";
import { fileNameOf } from "./fileNames.ts";
import { withStorageWords } from "./storageError.ts";

interface Read {
  /** Differs when the file was replaced. */
  readonly stamp: string;
  readonly stored: StoredBaseline;
}

/**
 * The accepted definitions of an account's servers, in a folder that all windows share. Each server
 * has a file, since most times one of them changes and a large account has 20 MB of them.
 */
export class BaselineFiles implements BaselineStore {
  readonly #folder: string;
  readonly #locks: Locks;
  readonly #read = new Map<string, Read>();
  readonly #lifetime = new TaskTracker();
  #watcher: FSWatcher | undefined;

  constructor(folder: string, locks: Locks) {
    this.#folder = folder;
    this.#locks = locks;
  }

  /** Rejects with the system's error where the folder can't be made or watched, and after the end. */
  async watch(changed: () => void): Promise<void> {
    // A folder that is being removed isn't made again.
    await this.#lifetime.run(async () => {
      await mkdir(this.#folder, { recursive: true });
      this.#watcher?.close();
      this.#watcher = watch(this.#folder, { persistent: false }, changed);
      // The next change of the state is soon enough for what a broken watcher misses.
      this.#watcher.on("error", () => this.#watcher?.close());
    });
  }

  /** A rename into a folder changes its time. */
  version(): Promise<string> {
    return stampOf(this.#folder);
  }

  async read(serverId: string): Promise<StoredBaseline> {
    const file = this.#fileOf(serverId);
    const stamp = await stampOf(file);
    const known = this.#read.get(serverId);
    if (known?.stamp === stamp) {
      return known.stored;
    }
    const stored = parseBaseline(await readFile(file, "utf8").catch(() => ""));
    this.#read.set(serverId, { stamp, stored });
    return stored;
  }

  update(
    serverId: string,
    change: (stored: StoredBaseline) => Baseline | undefined,
  ): Promise<StoredBaseline> {
    return withStorageWords(
      () =>
        this.#locks.run(`baseline:${serverId}`, () =>
          this.#lifetime.run(() => this.#replace(serverId, change)),
        ),
      (reason) =>
        l10n.t(
          "The accepted definitions of tools couldn't be stored in {0}: {1}. A new window compares with what was stored before.",
          this.#folder,
          reason,
        ),
    );
  }

  inTurn<T>(serverId: string, task: () => Promise<T>): Promise<T> {
    return this.#locks.run(`hold:${serverId}`, task);
  }

  /** Resolves when no more writes can follow, so that the folder can be removed for good. */
  async end(): Promise<void> {
    await this.#lifetime.end();
    this.#watcher?.close();
  }

  async #replace(
    serverId: string,
    change: (stored: StoredBaseline) => Baseline | undefined,
  ): Promise<StoredBaseline> {
    const stored = await this.read(serverId);
    const next = change(stored);
    if (next === undefined) {
      return stored;
    }
    const file = this.#fileOf(serverId);
    await mkdir(this.#folder, { recursive: true });
    // A rename is atomic, so a reader never sees half a file.
    const draft = `${file}.${randomUUID()}`;
    try {
      await writeFile(draft, baselineText(next), { mode: 0o600 });
      await rename(draft, file);
    } catch (error) {
      await rm(draft, { force: true });
      throw error;
    }
    this.#read.set(serverId, { stamp: await stampOf(file), stored: next });
    return next;
  }

  #fileOf(serverId: string): string {
    return join(this.#folder, `${fileNameOf(serverId)}.json`);
  }
}

/** "" where nothing is there. */
async function stampOf(path: string): Promise<string> {
  try {
    const { ino, mtimeNs } = await stat(path, { bigint: true });
    return `${ino}:${mtimeNs}`;
  } catch {
    return "";
  }
}
