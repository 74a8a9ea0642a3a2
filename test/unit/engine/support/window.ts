import {
  changesFrom,
  type Edit,
  type FieldChange,
  inverted,
} from "../../../../src/domain/changes/change.ts";
import { fieldId } from "../../../../src/domain/changes/fields.ts";
import { lastAction } from "../../../../src/domain/changes/journal.ts";
import type { WriteResult } from "../../../../src/domain/changes/writeResult.ts";
import type { CloudflareClient } from "../../../../src/domain/cloudflareClient.ts";
import type { Server } from "../../../../src/domain/servers/server.ts";
import { EditQueue } from "../../../../src/engine/edits/queue.ts";
import { WriteMonitor } from "../../../../src/engine/edits/writeMonitor.ts";
import type { AccountStorage } from "../../../../src/engine/ports.ts";
import { Refresher } from "../../../../src/engine/refresh.ts";
import { Store } from "../../../../src/engine/store.ts";

export const accountId = "0123456789abcdef0123456789abcdef";

/** One window: a store and an engine of its own, and a user who remembers what was said. */
export class Window {
  readonly store = new Store();
  readonly overrun = new Set<string>();
  readonly arrived = new Set<string>();
  readonly #edits: EditQueue;
  readonly watch: WriteMonitor;
  readonly #refresher: Refresher;
  readonly #serverId: string;
  readonly #storage: AccountStorage;

  constructor(api: CloudflareClient, storage: AccountStorage, serverId: string) {
    this.#serverId = serverId;
    this.#storage = storage;
    this.store.addAccount({ id: accountId, name: "Account" });
    this.watch = new WriteMonitor(this.store, accountId, storage);
    this.#edits = new EditQueue(this.store, accountId, api, {
      storage,
      watch: this.watch,
      again: async () => false,
    });
    this.#refresher = new Refresher(
      this.store,
      accountId,
      api,
      storage.now,
      () => undefined,
      storage.snapshots,
      (askedAt) => this.watch.listChecked(askedAt),
    );
    this.watch.onLateOutcome((lateOutcome) => {
      if (lateOutcome.kind === "arrived") {
        for (const change of lateOutcome.changes) {
          this.arrived.add(toldId(change));
        }
      } else {
        for (const { change } of lateOutcome.fields) {
          this.overrun.add(toldId(change));
        }
      }
    });
  }

  get state() {
    return this.store.state.accounts.get(accountId)?.servers.get(this.#serverId);
  }

  get shown(): Server {
    const state = this.state;
    if (state === undefined) {
      throw new Error("the window has read nothing yet");
    }
    return state.optimistic;
  }

  async poll(): Promise<void> {
    await this.#refresher.run({});
  }

  edit(edit: Edit): Promise<WriteResult> {
    return this.change(changesFrom(this.shown, edit));
  }

  change(changes: readonly FieldChange[]): Promise<WriteResult> {
    return this.#edits.edit(this.#serverId, changes);
  }

  async undo(): Promise<WriteResult | undefined> {
    const { journal, window } = this.#storage;
    const [step] = lastAction(await journal.read(), window);
    if (step === undefined) {
      return undefined;
    }
    const result = await this.#edits.edit(this.#serverId, inverted(step.changes), { isUndo: true });
    if (result.failure === undefined) {
      await journal.append([{ kind: "void", id: step.id }]);
    }
    return result;
  }

  /** True when the user was told that this saved change isn't there any more. */
  knows(change: FieldChange): boolean {
    return this.overrun.has(toldId(change));
  }

  /** True when the user was told that this change has come after all. */
  knowsArrived(change: FieldChange): boolean {
    return this.arrived.has(toldId(change));
  }

  close(): void {
    this.watch.dispose();
  }
}

function toldId({ field, to }: FieldChange): string {
  return JSON.stringify([fieldId(field), to]);
}
