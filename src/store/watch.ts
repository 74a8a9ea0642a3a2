import type { AccountId } from "../model/account.ts";
import type { Change } from "../model/edit.ts";
import type { EditResult } from "../model/editResult.ts";
import { fieldId, sameValue, valueAt } from "../model/field.ts";
import { standingWrites, type WriteEntry } from "../model/journal.ts";
import type { Server } from "../model/server.ts";
import type { Conflict } from "../model/threeWay.ts";
import { type Disposable, Emitter } from "./emitter.ts";
import type { Keeping } from "./ports.ts";
import type { Store } from "./store.ts";

/** Fields that this window saved and that somebody elsewhere has changed since. */
export interface Overrun {
  readonly accountId: AccountId;
  readonly serverId: string;
  readonly fields: readonly Conflict[];
}

interface Saved {
  readonly change: Change;
  readonly at: number;
  /** Its answer was lost: the next read says whether it was saved at all. */
  readonly unsure: boolean;
}

/**
 * How long a saved field is looked at. A writer who read before our write and writes after it does
 * so within seconds; who changes the field tomorrow has seen ours and means it.
 */
const WATCHED_MS = 15 * 60_000;

/** Looks at what was saved with each newer read, and tells once what isn't there any more. */
export class Watch implements Disposable {
  readonly #store: Store;
  readonly #accountId: AccountId;
  readonly #keeping: Keeping;
  readonly #saved = new Map<string, ReadonlyMap<string, Saved>>();
  readonly #seen = new Map<string, Server>();
  readonly #overrun = new Emitter<Overrun>();
  readonly #subscription: Disposable;

  readonly onOverrun = this.#overrun.event;

  constructor(store: Store, accountId: AccountId, keeping: Keeping) {
    this.#store = store;
    this.#accountId = accountId;
    this.#keeping = keeping;
    this.#subscription = store.onDidChange(() => this.#look());
  }

  /** What is saved later under the same field takes the place of the earlier. */
  saved(serverId: string, { saved, failure }: Pick<EditResult, "saved" | "failure">): void {
    const unsure = failure?.unsure === true ? failure.changes : [];
    if (saved.length === 0 && unsure.length === 0) return;
    const at = this.#keeping.now();
    const all = new Map(this.#saved.get(serverId));
    for (const change of saved) all.set(fieldId(change.field), { change, at, unsure: false });
    for (const change of unsure) all.set(fieldId(change.field), { change, at, unsure: true });
    this.#saved.set(serverId, all);
    this.#seen.delete(serverId);
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#overrun.dispose();
  }

  #look(): void {
    const servers = this.#store.state.accounts.get(this.#accountId)?.servers;
    for (const [serverId, saved] of this.#saved) {
      const truth = servers?.get(serverId)?.truth;
      if (truth === undefined || truth === this.#seen.get(serverId)) continue;
      this.#seen.set(serverId, truth);
      this.#compare(serverId, saved, truth);
    }
  }

  #compare(serverId: string, saved: ReadonlyMap<string, Saved>, truth: Server): void {
    const now = this.#keeping.now();
    const left = new Map<string, Saved>();
    const gone: (Conflict & { readonly at: number })[] = [];
    for (const [id, { change, at, unsure }] of saved) {
      const theirs = valueAt(truth, change.field);
      const isThere = sameValue(change.field, theirs, change.to);
      if (isThere && now - at <= WATCHED_MS) left.set(id, { change, at, unsure: false });
      if (!isThere && !unsure) gone.push({ change, theirs, at });
    }
    if (left.size === 0) this.#saved.delete(serverId);
    else this.#saved.set(serverId, left);
    if (gone.length > 0) void this.#tell(serverId, gone);
  }

  /** What another window of this machine saved after us was meant, and its user knows. */
  async #tell(
    serverId: string,
    gone: readonly (Conflict & { readonly at: number })[],
  ): Promise<void> {
    const writes = standingWrites(await this.#keeping.journal.read().catch(() => []));
    const fields = gone.filter((each) => !this.#isOwn(serverId, each, writes));
    if (fields.length > 0) {
      this.#overrun.fire({
        accountId: this.#accountId,
        serverId,
        fields: fields.map(({ change, theirs }) => ({ change, theirs })),
      });
    }
  }

  #isOwn(
    serverId: string,
    { change, theirs, at }: Conflict & { readonly at: number },
    writes: readonly WriteEntry[],
  ): boolean {
    return writes.some(
      (entry) =>
        entry.window !== this.#keeping.window &&
        entry.serverId === serverId &&
        entry.at > at &&
        entry.changes.some(
          ({ field, to }) =>
            fieldId(field) === fieldId(change.field) && sameValue(field, to, theirs),
        ),
    );
  }
}
