import { type Disposable, Emitter } from "../../base/emitter.ts";
import type { AccountId } from "../../domain/account.ts";
import type { FieldChange } from "../../domain/changes/change.ts";
import { fieldId, sameValue, valueAt } from "../../domain/changes/fields.ts";
import { standingWrites, type WriteEntry } from "../../domain/changes/journal.ts";
import type { Conflict } from "../../domain/changes/merge.ts";
import type { WriteResult } from "../../domain/changes/writeResult.ts";
import type { Server } from "../../domain/servers/server.ts";
import type { AccountStorage } from "../ports.ts";
import type { Store } from "../store.ts";

/** What has become known of a write after its result was told. */
export type LateOutcome = {
  readonly accountId: AccountId;
  readonly serverId: string;
} & (
  | {
      /** Somebody elsewhere has changed what was saved here. */
      readonly kind: "overwritten";
      readonly fields: readonly Conflict[];
    }
  | {
      /** What was told not to be saved, or not for sure, is there now. */
      readonly kind: "arrived";
      readonly changes: readonly FieldChange[];
    }
);

/**
 * How long a field is looked at. A writer who read before our write and writes after it does so
 * within seconds, and a request of ours can't be under way for longer; who changes the field
 * tomorrow has seen ours and means it.
 */
const MONITORED_MS = 15 * 60_000;

interface Monitored {
  readonly fields: MonitoredFields;
  /** The truth that they were last compared with. */
  readonly seen: Server | undefined;
  /** Whether the next truth was read after the last write. */
  readonly isNextRead: boolean;
}

/** Looks at what was written with each newer read, and tells once what is otherwise than was told. */
export class WriteMonitor implements Disposable {
  readonly #store: Store;
  readonly #accountId: AccountId;
  readonly #storage: AccountStorage;
  readonly #watched = new Map<string, Monitored>();
  readonly #told = new Emitter<LateOutcome>();
  readonly #subscription: Disposable;

  readonly onLateOutcome = this.#told.event;

  constructor(store: Store, accountId: AccountId, storage: AccountStorage) {
    this.#store = store;
    this.#accountId = accountId;
    this.#storage = storage;
    this.#subscription = store.onDidChange(() => this.#look());
  }

  /** @param wasReadBack whether the truth that comes with the result was read after the write */
  written(
    serverId: string,
    result: Pick<WriteResult, "saved" | "failure">,
    wasReadBack: boolean,
  ): void {
    const fields = withResult(this.#watched.get(serverId)?.fields, result, this.#storage.now());
    this.#keep(serverId, { fields, seen: undefined, isNextRead: wasReadBack });
  }

  /** A whole list that was asked for then is in the state, whether or not it had anything new. */
  listChecked(askedAt: number): void {
    const isDue = this.#due();
    for (const [serverId, watched] of this.#watched) {
      const fields = only(markChecked(watched.fields, askedAt), isDue);
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
      const truth = servers?.get(serverId)?.remote;
      if (truth !== undefined && truth !== watched.seen) {
        this.#compare(serverId, watched, truth);
      }
    }
  }

  #compare(serverId: string, watched: Monitored, truth: Server): void {
    const isDue = this.#due();
    const { left, arrived, gone } = compareWithRemote(only(watched.fields, isDue), truth);
    const fields = watched.isNextRead ? markChecked(left, Number.POSITIVE_INFINITY) : left;
    this.#keep(serverId, { fields: only(fields, isDue), seen: truth, isNextRead: true });
    if (arrived.length > 0) {
      const changes = arrived.map(({ change }) => change);
      this.#told.fire({ kind: "arrived", accountId: this.#accountId, serverId, changes });
    }
    void this.#tellOverwritten(
      serverId,
      gone.map(({ change, at }) => ({ change, at, theirs: valueAt(truth, change.field) })),
    );
  }

  #keep(serverId: string, watched: Monitored): void {
    if (watched.fields.size === 0) {
      this.#watched.delete(serverId);
    } else {
      this.#watched.set(serverId, watched);
    }
  }

  /** Whatever its age, a value is looked at once. */
  #due(): (value: WrittenValue) => boolean {
    const now = this.#storage.now();
    return ({ at, isLooked }) => !isLooked || now - at <= MONITORED_MS;
  }

  /** What another window of this machine saved after us was meant, and its user knows. */
  async #tellOverwritten(serverId: string, gone: readonly Overwritten[]): Promise<void> {
    if (gone.length === 0) {
      return;
    }
    const { journal, window } = this.#storage;
    const writes = standingWrites(await journal.read().catch(() => [])).filter(
      (entry) => entry.serverId === serverId && entry.window !== window,
    );
    const fields = gone.filter((each) => !isSavedByAnotherWindow(each, writes));
    if (fields.length === 0) {
      return;
    }
    this.#told.fire({
      kind: "overwritten",
      accountId: this.#accountId,
      serverId,
      fields: fields.map(({ change, theirs }) => ({ change, theirs })),
    });
  }
}

/** A value that was written to a field at a time. */
interface WrittenValue {
  readonly change: FieldChange;
  readonly at: number;
  /** Whether a read that came after it has been compared with it. */
  readonly isLooked: boolean;
}

/** What was written to one field and may yet turn out to be otherwise than was told. */
interface MonitoredField {
  /** The last value that is known to have been there. */
  readonly saved: WrittenValue | undefined;
  /** Values whose answers were lost, each once: any of them may still arrive. */
  readonly lost: readonly WrittenValue[];
}

type MonitoredFields = ReadonlyMap<string, MonitoredField>;

/** What a newer read tells of fields. */
interface Look {
  readonly left: MonitoredFields;
  readonly arrived: readonly WrittenValue[];
  readonly gone: readonly WrittenValue[];
}

const NOTHING: MonitoredField = { saved: undefined, lost: [] };

/** What is saved takes the place of everything earlier; what was lost stands beside what was saved. */
function withResult(
  fields: MonitoredFields = new Map(),
  { saved, failure }: Pick<WriteResult, "saved" | "failure">,
  at: number,
): MonitoredFields {
  const after = new Map(fields);
  for (const change of saved) {
    after.set(fieldId(change.field), { saved: { change, at, isLooked: false }, lost: [] });
  }
  const lost = failure === undefined || failure.status === "refused" ? [] : failure.changes;
  for (const change of lost) {
    const known = after.get(fieldId(change.field)) ?? NOTHING;
    const written = { change, at, isLooked: false };
    const others = known.lost.filter((each) => !sameValue(change.field, each.change.to, change.to));
    after.set(fieldId(change.field), { ...known, lost: [...others, written] });
  }
  return after;
}

function compareWithRemote(fields: MonitoredFields, truth: Server): Look {
  const looks = [...fields].map(([id, field]) => ({ id, ...lookAt(field, truth) }));
  return {
    left: new Map(looks.map(({ id, saved, lost }) => [id, { saved, lost }])),
    arrived: looks.flatMap(({ arrived }) => arrived ?? []),
    gone: looks.flatMap(({ gone }) => gone ?? []),
  };
}

/** The same fields when all has been looked at that was written before a time. */
function markChecked(fields: MonitoredFields, before: number): MonitoredFields {
  return each(fields, (value) => (value.at < before ? { ...value, isLooked: true } : value));
}

/** Without the values that nobody needs to look at any more. */
function only(fields: MonitoredFields, isDue: (value: WrittenValue) => boolean): MonitoredFields {
  return each(fields, (value) => (isDue(value) ? value : undefined));
}

function each(
  fields: MonitoredFields,
  change: (value: WrittenValue) => WrittenValue | undefined,
): MonitoredFields {
  const after = [...fields].map(([id, { saved, lost }]): [string, MonitoredField] => [
    id,
    { saved: saved && change(saved), lost: lost.flatMap((value) => change(value) ?? []) },
  ]);
  return new Map(after.filter(([, { saved, lost }]) => saved !== undefined || lost.length > 0));
}

/** A value of ours that arrives late has run over nobody: it was meant, and is what is saved now. */
function lookAt(
  { saved, lost }: MonitoredField,
  truth: Server,
): MonitoredField & { readonly arrived?: WrittenValue; readonly gone?: WrittenValue } {
  const isThere = ({ change: { field, to } }: WrittenValue): boolean =>
    sameValue(field, valueAt(truth, field), to);
  const arrived = lost.find(isThere);
  if (arrived !== undefined) {
    return { saved: arrived, lost: lost.filter((each) => each !== arrived), arrived };
  }
  if (saved === undefined || isThere(saved)) {
    return { saved, lost };
  }
  return { saved: undefined, lost, gone: saved };
}

/** A field that was saved `at` a time and that is `theirs` now. */
interface Overwritten extends Conflict {
  readonly at: number;
}

/** @param writes of other windows to the same server */
function isSavedByAnotherWindow(
  { change, theirs, at }: Overwritten,
  writes: readonly WriteEntry[],
): boolean {
  return writes.some(
    (entry) =>
      entry.at > at &&
      entry.changes.some(
        ({ field, to }) => fieldId(field) === fieldId(change.field) && sameValue(field, to, theirs),
      ),
  );
}
