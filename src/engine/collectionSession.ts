import type { Disposable, Event } from "../base/emitter.ts";
import type { ChangeSet } from "../domain/changes/change.ts";
import type { CallOptions, CloudflareClient } from "../domain/cloudflareClient.ts";
import type { Identified, ResourceKind } from "../domain/resources/resource.ts";
import { EditQueue, type Edits } from "./edits/queue.ts";
import { type LateOutcome, WriteMonitor } from "./edits/writeMonitor.ts";
import type { AccountStorage } from "./ports.ts";
import { Refresher } from "./refresh.ts";
import type { CollectionStore } from "./store.ts";

interface CollectionSessionOptions<Name extends string, T extends Identified, Patch, New> {
  readonly kind: ResourceKind<Name, T, Patch, New>;
  readonly store: CollectionStore<T>;
  readonly api: CloudflareClient;
  readonly storage: AccountStorage;
  /** Resolves with true when a write that failed like this should start over; see EditQueue. */
  again(error: unknown): Promise<boolean>;
}

/** The running work on one account's resources of one kind. The kind's own types are hidden. */
export interface AnyCollectionSession extends Disposable {
  readonly kind: string;
  readonly edits: Edits;
  readonly onLateOutcome: Event<LateOutcome>;
  /** Shows the last snapshot of an earlier window until Cloudflare answers. */
  restore(): Promise<void>;
  /** Resolves with whether all went well; rejects only when cancelled. */
  refresh(options: CallOptions): Promise<boolean>;
  /** False where this version doesn't know a field of the changes. */
  isKnown(changeSet: ChangeSet): boolean;
}

export class CollectionSession<Name extends string, T extends Identified, Patch, New>
  implements AnyCollectionSession
{
  readonly kind: Name;
  readonly edits: Edits;
  readonly onLateOutcome: Event<LateOutcome>;
  readonly #fields: ResourceKind<Name, T, Patch, New>["fields"];
  readonly #refresher: Refresher<T>;
  readonly #monitor: WriteMonitor<T>;

  constructor({ kind, store, api, storage, again }: CollectionSessionOptions<Name, T, Patch, New>) {
    this.kind = kind.name;
    this.#fields = kind.fields;
    this.#refresher = new Refresher({
      kind,
      store,
      api,
      cache: storage.snapshots(kind.snapshot),
      now: storage.now,
    });
    this.#monitor = new WriteMonitor({ fields: kind.fields, store, storage });
    this.edits = new EditQueue({ kind, store, api, storage, again });
    this.onLateOutcome = this.#monitor.onLateOutcome;
  }

  restore(): Promise<void> {
    return this.#refresher.restore();
  }

  async refresh(options: CallOptions): Promise<boolean> {
    const { isWhole } = await this.#refresher.run(options);
    return isWhole;
  }

  isKnown({ changes }: ChangeSet): boolean {
    return changes.every(({ field }) => this.#fields.has(field));
  }

  dispose(): void {
    this.#monitor.dispose();
  }
}
