import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import * as l10n from "@vscode/l10n";
import type { AccountId } from "../../domain/account.ts";
import type { Snapshot } from "../../domain/resources/snapshot.ts";
import type { AccountStorage, BaselineStore, SharedJson, SnapshotCache } from "../ports.ts";
import { fileNameOf } from "./fileNames.ts";
import { FileJournal } from "./journal.ts";
import { FileLocks } from "./locks.ts";
import { LostValues } from "./lostValues.ts";
import { SharedJsonFile } from "./sharedJson.ts";
import { FileSnapshotCache } from "./snapshots.ts";
import { isStorageError, type StorageError, withStorageWords } from "./storageError.ts";

interface OpenStorage {
  readonly acceptedHints: SharedJson;
  readonly tokens: SharedJson;
  readonly lost: LostValues;
  readonly reconnects: SharedJson;
  baselines(): Promise<BaselineStore>;
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
    const tokens = new SharedJsonFile(
      join(this.#of(accountId), "tokens.json"),
      locks,
      tokensUnkept,
    );
    const lostFile = new SharedJsonFile(join(this.#of(accountId), "lost.json"), locks, lostUnkept);
    const lost = new LostValues(lostFile);
    const reconnects = new SharedJsonFile(
      join(this.#of(accountId), "reconnects.json"),
      locks,
      reconnectsUnkept,
    );
    const parts: { end(): Promise<unknown> }[] = [
      locks,
      journal,
      acceptedHints,
      tokens,
      lostFile,
      reconnects,
    ];
    // Only an undo reads the journal. Without this it would grow forever for a user who never
    // undoes.
    void journal.rotate();
    this.#open.set(accountId, {
      acceptedHints,
      tokens,
      lost,
      reconnects,
      baselines: async () => {
        // Activation doesn't need it.
        const { BaselineFiles } = await import("./baselineFiles.ts");
        const baselines = new BaselineFiles(join(this.#of(accountId), "baseline"), locks);
        parts.push(baselines);
        return baselines;
      },
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

  /** The tokens of tools. Undefined for an account that isn't open here. */
  tokens(accountId: AccountId): SharedJson | undefined {
    return this.#open.get(accountId)?.tokens;
  }

  /** What writes removed beside their changes. Undefined for an account that isn't open here. */
  lost(accountId: AccountId): LostValues | undefined {
    return this.#open.get(accountId)?.lost;
  }

  /** When users of portals had to connect again. Undefined for an account that isn't open here. */
  reconnects(accountId: AccountId): SharedJson | undefined {
    return this.#open.get(accountId)?.reconnects;
  }

  /** The accepted definitions. Undefined for an account that isn't open here. */
  async baselines(accountId: AccountId): Promise<BaselineStore | undefined> {
    const open = this.#open.get(accountId);
    const baselines = await open?.baselines();
    // It may have been signed out meanwhile.
    return this.#open.get(accountId) === open ? baselines : undefined;
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

function tokensUnkept(file: string, reason: string): string {
  return l10n.t(
    "The counted tokens of tools couldn't be stored in {0}: {1}. The next window counts them again.",
    file,
    reason,
  );
}

function reconnectsUnkept(file: string, reason: string): string {
  return l10n.t(
    "When names of portals changed couldn't be kept in {0}: {1}. A new window no longer says whose users have to connect again.",
    file,
    reason,
  );
}

function lostUnkept(file: string, reason: string): string {
  return l10n.t(
    "Overrides whose tools are gone couldn't be kept in {0}: {1}. A new window can't bring them back.",
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
