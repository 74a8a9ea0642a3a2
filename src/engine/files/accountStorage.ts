import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { AccountId } from "../../domain/account.ts";
import type { AccountStorage } from "../ports.ts";
import { FileJournal } from "./journal.ts";
import { FileLocks } from "./locks.ts";
import { FileSnapshotCache } from "./snapshots.ts";

/** What accounts keep on this machine, a folder each. There are no secrets in it. */
export class MachineStorage {
  readonly #folder: string;
  readonly #window = randomUUID();
  readonly #ends = new Map<AccountId, () => Promise<unknown>>();

  /** @param folder the extension's global storage, which all windows share */
  constructor(folder: string) {
    this.#folder = join(folder, "accounts");
  }

  forAccount(accountId: AccountId): AccountStorage {
    const locks = new FileLocks(join(this.#of(accountId), "locks"));
    const file = join(this.#of(accountId), "journal.jsonl");
    const journal = new FileJournal({ file, accountId, locks });
    const caches: { end(): Promise<unknown> }[] = [];
    // The journal of somebody who never undoes anything is never read, and it would grow for ever.
    void journal.turnOver();
    this.#ends.set(accountId, () =>
      Promise.all([locks.end(), journal.end(), ...caches.map((cache) => cache.end())]),
    );
    return {
      snapshots: (codec) => {
        const cache = new FileSnapshotCache(join(this.#of(accountId), codec.file), codec);
        caches.push(cache);
        return cache;
      },
      locks,
      journal,
      window: this.#window,
      now: Date.now,
    };
  }

  async forget(accountId: AccountId): Promise<void> {
    const end = this.#ends.get(accountId);
    // Before anything is waited for: whoever signs in again meanwhile has an end of their own.
    this.#ends.delete(accountId);
    await end?.();
    await rm(this.#of(accountId), { recursive: true, force: true });
  }

  #of(accountId: AccountId): string {
    return join(this.#folder, encodeURIComponent(accountId));
  }
}
