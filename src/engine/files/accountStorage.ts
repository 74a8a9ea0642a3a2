import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import * as l10n from "@vscode/l10n";
import type { AccountId } from "../../domain/account.ts";
import type { Snapshot } from "../../domain/resources/snapshot.ts";
import type { AccountStorage, SharedJson, SnapshotCache } from "../ports.ts";
import { fileNameOf } from "./fileNames.ts";
import { FileJournal } from "./journal.ts";
import { FileLocks } from "./locks.ts";
import { LostValues } from "./lostValues.ts";
import { SharedJsonFile } from "./sharedJson.ts";
import { FileSnapshotCache } from "./snapshots.ts";
import { isStorageError, type StorageError, withStorageWords } from "./storageError.ts";

interface OpenStorage {
  readonly acceptedHints: SharedJson;
  readonly lost: LostValues;
  end(): Promise<unknown>;
}

/**
 * The files that each account keeps on this machine, in one folder per account. They hold no
 * secrets.
 */
export class MachineStorage {
  readonly #folder: string;
  readonly #onUnkept: (error: StorageError) => void;
  readonly #window = randomUUID();
  readonly #open = new Map<AccountId, OpenStorage>();

  /**
   * @param folder the extension's global storage, which all windows share
   * @param onUnkept is called when a snapshot can't be written, and after that only when a write of
   *   it succeeded in between
   */
  constructor(folder: string, onUnkept: (error: StorageError) => void = () => undefined) {
    this.#folder = join(folder, "accounts");
    this.#onUnkept = onUnkept;
  }

  forAccount(accountId: AccountId): AccountStorage {
    const locks = new FileLocks(join(this.#of(accountId), "locks"));
    const file = join(this.#of(accountId), "journal.jsonl");
    const journal = new FileJournal({ file, accountId, locks });
    const hintsFile = join(this.#of(accountId), "acceptedHints.json");
    const acceptedHints = new SharedJsonFile(hintsFile, locks, hintsUnkept);
    const lostFile = new SharedJsonFile(join(this.#of(accountId), "lost.json"), locks, lostUnkept);
    const lost = new LostValues(lostFile);
    const parts: { end(): Promise<unknown> }[] = [locks, journal, acceptedHints, lostFile];
    // Only an undo reads the journal. Without this it would grow forever for a user who never
    // undoes.
    void journal.rotate();
    this.#open.set(accountId, {
      acceptedHints,
      lost,
      end: () => Promise.all(parts.map((part) => part.end())),
    });
    return {
      snapshots: (codec) => {
        const cache = new FileSnapshotCache(join(this.#of(accountId), codec.file), codec);
        parts.push(cache);
        return new AnnouncingCache(cache, this.#onUnkept);
      },
      locks,
      journal,
      lost,
      window: this.#window,
      now: Date.now,
    };
  }

  /** Undefined for an account that isn't open here, because nothing may be stored for it. */
  acceptedHints(accountId: AccountId): SharedJson | undefined {
    return this.#open.get(accountId)?.acceptedHints;
  }

  /** What writes removed beside their changes. Undefined for an account that isn't open here. */
  lost(accountId: AccountId): LostValues | undefined {
    return this.#open.get(accountId)?.lost;
  }

  /** Rejects with a StorageError where a file couldn't be removed. */
  async forget(accountId: AccountId): Promise<void> {
    const open = this.#open.get(accountId);
    // This precedes the first wait: a sign-in during the removal opens the account again.
    this.#open.delete(accountId);
    await open?.end();
    const folder = this.#of(accountId);
    await withStorageWords(
      () => rm(folder, { recursive: true, force: true }),
      (reason) =>
        l10n.t(
          "The account's servers and edits, without secrets, are still in {0}: {1}.",
          folder,
          reason,
        ),
    );
  }

  #of(accountId: AccountId): string {
    return join(this.#folder, fileNameOf(accountId));
  }
}

function hintsUnkept(file: string, reason: string): string {
  return l10n.t(
    "The accepted hints of tools couldn't be stored in {0}: {1}. What changes while no window is open may go unnoticed.",
    file,
    reason,
  );
}

function lostUnkept(file: string, reason: string): string {
  return l10n.t(
    "Overrides whose tools are gone couldn't be kept in {0}: {1}. Nothing was written, so that they aren't lost.",
    file,
    reason,
  );
}

/** Reports the first failed write, and then none until a write succeeds. */
class AnnouncingCache<T> implements SnapshotCache<T> {
  readonly #cache: SnapshotCache<T>;
  readonly #onUnkept: (error: StorageError) => void;
  #isTold = false;

  constructor(cache: SnapshotCache<T>, onUnkept: (error: StorageError) => void) {
    this.#cache = cache;
    this.#onUnkept = onUnkept;
  }

  read(): Promise<Snapshot<T> | undefined> {
    return this.#cache.read();
  }

  async write(snapshot: Snapshot<T>): Promise<void> {
    try {
      await this.#cache.write(snapshot);
      this.#isTold = false;
    } catch (error) {
      if (isStorageError(error) && !this.#isTold) {
        this.#isTold = true;
        this.#onUnkept(error);
      }
      throw error;
    }
  }
}
