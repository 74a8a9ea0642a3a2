import type { AccountId } from "../model/account.ts";
import type { Change } from "../model/edit.ts";
import type { EditResult } from "../model/editResult.ts";
import { valueAt } from "../model/field.ts";
import { standingWrites } from "../model/journal.ts";
import type { Server } from "../model/server.ts";
import type { Conflict } from "../model/threeWay.ts";
import { type Disposable, Emitter } from "./emitter.ts";
import { type Gone, isSavedByAnotherWindow } from "./otherWrites.ts";
import type { Keeping } from "./ports.ts";
import type { Store } from "./store.ts";
import { look, type WatchedFields, withResult } from "./watchedFields.ts";

/** What has become known of a write after its result was told. */
export type Aftermath = {
  readonly accountId: AccountId;
  readonly serverId: string;
} & (
  | {
      /** Somebody elsewhere has changed what was saved here. */
      readonly kind: "overrun";
      readonly fields: readonly Conflict[];
    }
  | {
      /** What was told not to be saved, or not for sure, is there now. */
      readonly kind: "arrived";
      readonly changes: readonly Change[];
    }
);

/**
 * How long a field is looked at. A writer who read before our write and writes after it does so
 * within seconds, and a request of ours can't be under way for longer; who changes the field
 * tomorrow has seen ours and means it.
 */
const WATCHED_MS = 15 * 60_000;

/** Looks at what was written with each newer read, and tells once what is otherwise than was told. */
export class Watch implements Disposable {
  readonly #store: Store;
  readonly #accountId: AccountId;
  readonly #keeping: Keeping;
  readonly #watched = new Map<string, WatchedFields>();
  readonly #seen = new Map<string, Server>();
  readonly #told = new Emitter<Aftermath>();
  readonly #subscription: Disposable;

  readonly onAftermath = this.#told.event;

  constructor(store: Store, accountId: AccountId, keeping: Keeping) {
    this.#store = store;
    this.#accountId = accountId;
    this.#keeping = keeping;
    this.#subscription = store.onDidChange(() => this.#look());
  }

  written(serverId: string, result: Pick<EditResult, "saved" | "failure">): void {
    this.#keep(serverId, withResult(this.#watched.get(serverId), result, this.#keeping.now()));
    this.#seen.delete(serverId);
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#told.dispose();
  }

  #look(): void {
    const servers = this.#store.state.accounts.get(this.#accountId)?.servers;
    for (const [serverId, fields] of this.#watched) {
      const truth = servers?.get(serverId)?.truth;
      if (truth === undefined || truth === this.#seen.get(serverId)) continue;
      this.#seen.set(serverId, truth);
      this.#compare(serverId, fields, truth);
    }
  }

  #compare(serverId: string, fields: WatchedFields, truth: Server): void {
    const now = this.#keeping.now();
    const { left, arrived, gone } = look(fields, truth, ({ at }) => now - at <= WATCHED_MS);
    this.#keep(serverId, left);
    if (arrived.length > 0) {
      const changes = arrived.map(({ change }) => change);
      this.#told.fire({ kind: "arrived", accountId: this.#accountId, serverId, changes });
    }
    void this.#tellOverrun(
      serverId,
      gone.map(({ change, at }) => ({ change, at, theirs: valueAt(truth, change.field) })),
    );
  }

  #keep(serverId: string, fields: WatchedFields): void {
    if (fields.size === 0) this.#watched.delete(serverId);
    else this.#watched.set(serverId, fields);
  }

  /** What another window of this machine saved after us was meant, and its user knows. */
  async #tellOverrun(serverId: string, gone: readonly Gone[]): Promise<void> {
    if (gone.length === 0) return;
    const { journal, window } = this.#keeping;
    const writes = standingWrites(await journal.read().catch(() => [])).filter(
      (entry) => entry.serverId === serverId && entry.window !== window,
    );
    const fields = gone.filter((each) => !isSavedByAnotherWindow(each, writes));
    if (fields.length === 0) return;
    this.#told.fire({
      kind: "overrun",
      accountId: this.#accountId,
      serverId,
      fields: fields.map(({ change, theirs }) => ({ change, theirs })),
    });
  }
}
