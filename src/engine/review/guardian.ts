import { reportUncaught } from "../../base/async.ts";
import type { Disposable } from "../../base/emitter.ts";
import { type FieldChange, fieldId } from "../../domain/changes/change.ts";
import { decidedFields, lostBySync } from "../../domain/review/lostOverrides.ts";
import type { Server } from "../../domain/servers/server.ts";
import { serverKind, serverRef } from "../../domain/servers/serverKind.ts";
import type { LostValues } from "../files/lostValues.ts";
import { isStorageError, type StorageError } from "../files/storageError.ts";
import type { State } from "../state.ts";
import type { ReadonlyStore } from "../store.ts";

export interface GuardianOptions {
  /** Undefined for an account for which nothing is stored. */
  lost(accountId: string): LostValues | undefined;
  /** Called when more is kept, or less. */
  onDidKeep(): void;
  onUnkept(error: StorageError): void;
}

/**
 * Keeps what was set for tools and prompts that a sync has removed: Cloudflare drops it. Each read is
 * compared with the one before, the first with what the last window knew.
 */
export class Guardian implements Disposable {
  readonly #options: GuardianOptions;
  readonly #subscription: Disposable;
  #last: ReadonlyMap<string, ReadonlyMap<string, Server>> = new Map();

  /** @param seen the states before this one */
  constructor(store: ReadonlyStore, options: GuardianOptions, seen: readonly State[]) {
    this.#options = options;
    for (const state of [...seen, store.state]) {
      this.#look(state);
    }
    this.#subscription = store.onDidChange((state) => this.#look(state));
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  #look({ accounts }: State): void {
    const before = this.#last;
    this.#last = new Map(
      [...accounts].map(([accountId, { collections }]) => {
        const { items, isConfirmed } = collections.server;
        const servers = new Map([...items].map(([id, { remote }]) => [id, remote]));
        const known = before.get(accountId);
        if (isConfirmed && known !== undefined) {
          for (const [id, server] of servers) {
            this.#compare(accountId, known.get(id), server);
          }
        }
        return [accountId, servers];
      }),
    );
  }

  #compare(accountId: string, before: Server | undefined, after: Server): void {
    if (before === undefined || before === after) {
      return;
    }
    const lost = lostBySync(before, after);
    const values = this.#options.lost(accountId);
    if (values !== undefined && (lost.length > 0 || hasGained(before, after))) {
      this.#keep(accountId, values, { before, after, lost }).catch(reportUncaught);
    }
  }

  async #keep(accountId: string, values: LostValues, { before, after, lost }: Seen): Promise<void> {
    const ref = serverRef(accountId, after.id);
    const decided = decidedFields(
      values.all,
      { kind: ref.kind, fields: serverKind.fields },
      before,
      after,
    );
    // Another window may have kept it already.
    const fresh = lost.filter((change) => !isKept(values, ref.id, change));
    try {
      if (fresh.length > 0) {
        await values.add(ref, fresh);
      }
      if (decided.size > 0) {
        await values.forget(ref, decided);
      }
    } catch (error) {
      if (!isStorageError(error)) {
        throw error;
      }
      this.#options.onUnkept(error);
      return;
    }
    if (fresh.length + decided.size > 0) {
      this.#options.onDidKeep();
    }
  }
}

interface Seen {
  readonly before: Server;
  readonly after: Server;
  readonly lost: readonly FieldChange[];
}

/** Whether somebody may have set what was lost before. */
function hasGained(before: Server, after: Server): boolean {
  return (
    before.toolOverrides !== after.toolOverrides || before.promptOverrides !== after.promptOverrides
  );
}

function isKept({ all }: LostValues, serverId: string, { field, from }: FieldChange): boolean {
  const id = fieldId(field);
  return all.some(
    ({ kind, id: of, changes }) =>
      kind === serverKind.name &&
      of === serverId &&
      changes.some((each) => each.from === from && fieldId(each.field) === id),
  );
}
