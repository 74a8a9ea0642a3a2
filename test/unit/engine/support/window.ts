import {
  changesFrom,
  type FieldChange,
  type FieldValue,
  fieldId,
  inverted,
  type Ref,
} from "../../../../src/domain/changes/change.ts";
import { lastAction } from "../../../../src/domain/changes/journal.ts";
import type { WriteResult } from "../../../../src/domain/changes/writeResult.ts";
import type { CloudflareClient } from "../../../../src/domain/cloudflareClient.ts";
import { RESOURCES, type Resources } from "../../../../src/domain/resources/kinds.ts";
import type {
  Identified,
  Resource,
  ResourceKind,
  ResourceTable,
} from "../../../../src/domain/resources/resource.ts";
import type { NewServer, ServerPatch } from "../../../../src/domain/servers/server.ts";
import { serverKind } from "../../../../src/domain/servers/serverKind.ts";
import { EditQueue, type SaveOptions } from "../../../../src/engine/edits/queue.ts";
import { WriteMonitor } from "../../../../src/engine/edits/writeMonitor.ts";
import type { AccountStorage } from "../../../../src/engine/ports.ts";
import { Refresher } from "../../../../src/engine/refresh.ts";
import { type CollectionStore, Store } from "../../../../src/engine/store.ts";
import { accountId, nothingKept } from "./storage.ts";

export { accountId } from "./storage.ts";

/** The resource that a window edits, with the calls that it needs. */
interface Subject<
  Types extends { readonly [K in keyof Types]: Identified },
  K extends keyof Types & string,
  Patch,
  New,
> {
  readonly table: ResourceTable<Types>;
  readonly kind: ResourceKind<K, Types[K], Patch, New>;
  readonly api: CloudflareClient;
  readonly storage: AccountStorage;
  readonly id: string;
}

/** One window: its own store and engine, and a user who remembers all messages. */
export class ResourceWindow<
  Types extends { readonly [K in keyof Types]: Identified },
  K extends keyof Types & string,
  Patch,
  New,
> {
  readonly store: Store<Types>;
  readonly overwritten = new Set<string>();
  readonly arrived = new Set<string>();
  readonly monitor: WriteMonitor<Types[K]>;
  readonly #subject: Subject<Types, K, Patch, New>;
  readonly #resources: CollectionStore<Types[K]>;
  readonly #edits: EditQueue<Types[K], Patch>;
  readonly #refresher: Refresher<Types[K]>;
  readonly #ref: Ref;

  constructor(subject: Subject<Types, K, Patch, New>) {
    const { table, kind, api, storage, id } = subject;
    this.#subject = subject;
    this.#ref = { accountId, kind: kind.name, id };
    this.store = new Store(table);
    this.store.addAccount({ id: accountId, name: "Account" });
    const store = this.store.collection(accountId, kind.name);
    this.#resources = store;
    this.monitor = new WriteMonitor({ fields: kind.fields, store, storage });
    const again = async (): Promise<boolean> => false;
    this.#edits = new EditQueue({ kind, store, api, storage, again });
    this.#refresher = new Refresher({ kind, store, api, cache: nothingKept(), now: storage.now });
    this.monitor.onLateOutcome((lateOutcome) => {
      if (lateOutcome.kind !== "overwritten") {
        for (const change of lateOutcome.changes) {
          this.arrived.add(toldId(change));
        }
      } else {
        for (const { change } of lateOutcome.fields) {
          this.overwritten.add(toldId(change));
        }
      }
    });
  }

  get state(): Resource<Types[K]> | undefined {
    return this.#resources.current?.items.get(this.#ref.id);
  }

  get shown(): Types[K] {
    const { state } = this;
    if (state === undefined) {
      throw new Error("the window has read nothing yet");
    }
    return state.optimistic;
  }

  async poll(): Promise<void> {
    await this.#refresher.run({});
  }

  edit(values: readonly FieldValue[]): Promise<WriteResult> {
    return this.change(changesFrom(this.#subject.kind.fields, this.shown, values));
  }

  change(changes: readonly FieldChange[], options?: SaveOptions): Promise<WriteResult> {
    return this.#edits.save({ ref: this.#ref, changes }, options);
  }

  async undo(): Promise<WriteResult | undefined> {
    const { journal, window } = this.#subject.storage;
    const [step] = lastAction(await journal.read(), window);
    if (step === undefined) {
      return undefined;
    }
    const changes = inverted(step.changes);
    const result = await this.#edits.save({ ref: step.ref, changes }, { isUndo: true });
    if (result.failure === undefined) {
      await journal.append([{ kind: "void", id: step.id }]);
    }
    return result;
  }

  /** True when the user was told that this saved change is gone. */
  knows(change: FieldChange): boolean {
    return this.overwritten.has(toldId(change));
  }

  /** True when the user was told that this change has arrived after all. */
  knowsArrived(change: FieldChange): boolean {
    return this.arrived.has(toldId(change));
  }

  close(): void {
    this.monitor.dispose();
  }
}

/** A window that edits a server. */
export class Window extends ResourceWindow<Resources, "server", ServerPatch, NewServer> {
  constructor(api: CloudflareClient, storage: AccountStorage, id: string) {
    super({ table: RESOURCES, kind: serverKind, api, storage, id });
  }
}

function toldId({ field, to }: FieldChange): string {
  return JSON.stringify([fieldId(field), to]);
}
