import type { Client } from "../../../../src/model/client/client.ts";
import { type Change, changesFrom, type Edit, inverted } from "../../../../src/model/edits/edit.ts";
import type { EditResult } from "../../../../src/model/edits/editResult.ts";
import { fieldId } from "../../../../src/model/edits/field.ts";
import { lastAction } from "../../../../src/model/edits/journal.ts";
import type { Server } from "../../../../src/model/server/server.ts";
import { EditQueue } from "../../../../src/store/edits/edits.ts";
import type { Keeping } from "../../../../src/store/ports.ts";
import { Refresher } from "../../../../src/store/refresh/refresh.ts";
import { Store } from "../../../../src/store/store.ts";
import { Watch } from "../../../../src/store/watch/watch.ts";

export const accountId = "0123456789abcdef0123456789abcdef";

/** One window: a store and an engine of its own, and a user who remembers what was said. */
export class Window {
  readonly store = new Store();
  readonly overrun = new Set<string>();
  readonly arrived = new Set<string>();
  readonly #edits: EditQueue;
  readonly watch: Watch;
  readonly #refresher: Refresher;
  readonly #serverId: string;
  readonly #keeping: Keeping;

  constructor(client: Client, keeping: Keeping, serverId: string) {
    this.#serverId = serverId;
    this.#keeping = keeping;
    this.store.addAccount({ id: accountId, name: "Account" });
    this.watch = new Watch(this.store, accountId, keeping);
    this.#edits = new EditQueue(this.store, accountId, client, {
      keeping,
      watch: this.watch,
      again: async () => false,
    });
    this.#refresher = new Refresher(
      this.store,
      accountId,
      client,
      keeping.now,
      () => undefined,
      keeping.lastGood,
      (askedAt) => this.watch.looked(askedAt),
    );
    this.watch.onAftermath((aftermath) => {
      if (aftermath.kind === "arrived") {
        for (const change of aftermath.changes) this.arrived.add(toldId(change));
      } else {
        for (const { change } of aftermath.fields) this.overrun.add(toldId(change));
      }
    });
  }

  get state() {
    return this.store.state.accounts.get(accountId)?.servers.get(this.#serverId);
  }

  get shown(): Server {
    const state = this.state;
    if (state === undefined) throw new Error("the window has read nothing yet");
    return state.server;
  }

  async poll(): Promise<void> {
    await this.#refresher.run({});
  }

  edit(edit: Edit): Promise<EditResult> {
    return this.change(changesFrom(this.shown, edit));
  }

  change(changes: readonly Change[]): Promise<EditResult> {
    return this.#edits.edit(this.#serverId, changes);
  }

  async undo(): Promise<EditResult | undefined> {
    const { journal, window } = this.#keeping;
    const [step] = lastAction(await journal.read(), window);
    if (step === undefined) return undefined;
    const result = await this.#edits.edit(this.#serverId, inverted(step.changes), { isUndo: true });
    if (result.failure === undefined) await journal.append([{ kind: "void", id: step.id }]);
    return result;
  }

  /** True when the user was told that this saved change isn't there any more. */
  knows(change: Change): boolean {
    return this.overrun.has(toldId(change));
  }

  /** True when the user was told that this change has come after all. */
  knowsArrived(change: Change): boolean {
    return this.arrived.has(toldId(change));
  }

  close(): void {
    this.watch.dispose();
  }
}

function toldId({ field, to }: Change): string {
  return JSON.stringify([fieldId(field), to]);
}
