import type { AccountId } from "../../model/client/account.ts";
import type { Change } from "../../model/edits/edit.ts";
import type { EditResult } from "../../model/edits/editResult.ts";
import { valueAt } from "../../model/edits/field.ts";
import { standingWrites } from "../../model/edits/journal.ts";
import type { Conflict } from "../../model/edits/threeWay.ts";
import type { Server } from "../../model/server/server.ts";
import { type Disposable, Emitter } from "../emitter.ts";
import type { Keeping } from "../ports.ts";
import type { Store } from "../store.ts";
import { type Gone, isSavedByAnotherWindow } from "./otherWrites.ts";
import {
  look,
  lookedAt,
  only,
  type WatchedFields,
  type WrittenValue,
  withResult,
} from "./watchedFields.ts";

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

interface Watched {
  readonly fields: WatchedFields;
  /** The truth that they were last compared with. */
  readonly seen: Server | undefined;
  /** Whether the next truth was read after the last write. */
  readonly isNextRead: boolean;
}

/** Looks at what was written with each newer read, and tells once what is otherwise than was told. */
export class Watch implements Disposable {
  readonly #store: Store;
  readonly #accountId: AccountId;
  readonly #keeping: Keeping;
  readonly #watched = new Map<string, Watched>();
  readonly #told = new Emitter<Aftermath>();
  readonly #subscription: Disposable;

  readonly onAftermath = this.#told.event;

  constructor(store: Store, accountId: AccountId, keeping: Keeping) {
    this.#store = store;
    this.#accountId = accountId;
    this.#keeping = keeping;
    this.#subscription = store.onDidChange(() => this.#look());
  }

  /** @param wasReadBack whether the truth that comes with the result was read after the write */
  written(
    serverId: string,
    result: Pick<EditResult, "saved" | "failure">,
    wasReadBack: boolean,
  ): void {
    const fields = withResult(this.#watched.get(serverId)?.fields, result, this.#keeping.now());
    this.#keep(serverId, { fields, seen: undefined, isNextRead: wasReadBack });
  }

  /** A whole list that was asked for then is in the state, whether or not it had anything new. */
  looked(askedAt: number): void {
    const isDue = this.#due();
    for (const [serverId, watched] of this.#watched) {
      const fields = only(lookedAt(watched.fields, askedAt), isDue);
      this.#keep(serverId, { ...watched, fields });
    }
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#told.dispose();
  }

  #look(): void {
    const servers = this.#store.state.accounts.get(this.#accountId)?.servers;
    for (const [serverId, watched] of this.#watched) {
      const truth = servers?.get(serverId)?.truth;
      if (truth !== undefined && truth !== watched.seen) this.#compare(serverId, watched, truth);
    }
  }

  #compare(serverId: string, watched: Watched, truth: Server): void {
    const isDue = this.#due();
    const { left, arrived, gone } = look(only(watched.fields, isDue), truth);
    const fields = watched.isNextRead ? lookedAt(left, Number.POSITIVE_INFINITY) : left;
    this.#keep(serverId, { fields: only(fields, isDue), seen: truth, isNextRead: true });
    if (arrived.length > 0) {
      const changes = arrived.map(({ change }) => change);
      this.#told.fire({ kind: "arrived", accountId: this.#accountId, serverId, changes });
    }
    void this.#tellOverrun(
      serverId,
      gone.map(({ change, at }) => ({ change, at, theirs: valueAt(truth, change.field) })),
    );
  }

  #keep(serverId: string, watched: Watched): void {
    if (watched.fields.size === 0) this.#watched.delete(serverId);
    else this.#watched.set(serverId, watched);
  }

  /** Whatever its age, a value is looked at once. */
  #due(): (value: WrittenValue) => boolean {
    const now = this.#keeping.now();
    return ({ at, isLooked }) => !isLooked || now - at <= WATCHED_MS;
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
