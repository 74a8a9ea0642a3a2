import { TimeSlicer } from "../base/async.ts";
import { byName } from "../base/text.ts";
import { isApiError, isCancelled } from "../domain/apiError.ts";
import type { FieldAccess } from "../domain/changes/change.ts";
import { afterList } from "../domain/changes/writtenValues.ts";
import type { CallOptions, CloudflareClient, Listed } from "../domain/cloudflareClient.ts";
import {
  type Collection,
  type Identified,
  type Load,
  NO_REFUSALS,
  newResource,
  type Resource,
  type ResourceKind,
  withRemote,
} from "../domain/resources/resource.ts";
import type { SnapshotCache } from "./ports.ts";
import type { CollectionStore } from "./store.ts";

/** The part of a resource kind that keeps a collection up to date. */
type ListedKind<T extends Identified> = Pick<
  ResourceKind<string, T, unknown, never>,
  "list" | "same"
> & { readonly fields: FieldAccess<T> };

interface RefreshOptions<T extends Identified> {
  readonly kind: ListedKind<T>;
  readonly store: CollectionStore<T>;
  readonly api: CloudflareClient;
  readonly cache: SnapshotCache<T>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export interface Refreshed {
  /** Whether the list arrived and every item was understood. */
  readonly isWhole: boolean;
}

/** Fetches one collection into the store. */
export class Refresher<T extends Identified> {
  readonly #kind: ListedKind<T>;
  readonly #store: CollectionStore<T>;
  readonly #api: CloudflareClient;
  readonly #now: () => number;
  readonly #cache: SnapshotCache<T>;
  /** This isn't in the state, because a poll without news must not change the state. */
  #lastGood: number | undefined;
  #cached: Collection<T>["items"] | undefined;

  constructor({ kind, store, api, cache, now }: RefreshOptions<T>) {
    this.#kind = kind;
    this.#store = store;
    this.#api = api;
    this.#now = now;
    this.#cache = cache;
  }

  /** Shows the last snapshot of an earlier window until Cloudflare answers. */
  async restore(): Promise<void> {
    const snapshot = await this.#cache.read();
    if (snapshot === undefined) {
      return;
    }
    this.#lastGood ??= snapshot.at;
    this.#store.update((collection) => {
      if (collection.load.kind === "loaded" || collection.items.size > 0) {
        return collection;
      }
      const list = { items: snapshot.items, unreadable: [] };
      const items = reconcile(this.#kind, collection.items, list, new Map());
      return { ...collection, items, load: { ...collection.load, lastGood: snapshot.at } };
    });
  }

  /**
   * Fetches the list. A failure becomes part of the state, and the last good data stays on screen.
   * Rejects only when cancelled.
   */
  async run(options: CallOptions): Promise<Refreshed> {
    const before = this.#store.current;
    const began = captureVersions(before);
    const askedAt = this.#now();
    try {
      const answer = await this.#kind.list(this.#api, options);
      const items = await reuseUnchanged(this.#kind, before?.items ?? new Map(), answer.items);
      options.signal?.throwIfAborted();
      const listed = { ...answer, items };
      const lastGood = this.#now();
      this.#lastGood = lastGood;
      this.#store.update((collection) =>
        applyList(this.#kind, collection, listed, { ...began, lastGood }),
      );
      if (listed.rejected.length === 0) {
        this.#confirmWritten({ askedAt, now: lastGood });
      }
      this.#keep(lastGood);
      return { isWhole: listed.rejected.length === 0 };
    } catch (error) {
      if (isCancelled(error)) {
        throw error;
      }
      const load: Load = { kind: "failed", error, lastGood: this.#lastGood };
      this.#store.update((collection) => ({ ...collection, load }));
      return { isWhole: false };
    }
  }

  /** A change of its own, because the differences that the list itself made come first. */
  #confirmWritten(times: { readonly askedAt: number; readonly now: number }): void {
    this.#store.update((collection) => {
      const confirmed = [...collection.items].flatMap(([id, resource]) => {
        const { fields } = this.#kind;
        const written = afterList(fields, resource.written, resource.remote, times);
        return written === resource.written ? [] : [[id, { ...resource, written }] as const];
      });
      return confirmed.length === 0
        ? collection
        : { ...collection, items: new Map([...collection.items, ...confirmed]) };
    });
  }

  /** A failed snapshot costs only the next window's head start, so the error is dropped. */
  #keep(at: number): void {
    const items = this.#store.current?.items;
    if (items === undefined || items === this.#cached) {
      return;
    }
    this.#cached = items;
    const remotes = [...items.values()].map(({ remote }) => remote);
    void this.#cache.write({ at, items: remotes }).catch(() => undefined);
  }
}

/** Revisions and membership at the time when a list was asked for. */
interface ListVersions {
  readonly membership: number;
  readonly revisions: ReadonlyMap<string, number>;
}

function captureVersions(collection: Collection<unknown> | undefined): ListVersions {
  const revisions = [...(collection?.items ?? [])].map(
    ([id, { revision }]) => [id, revision] as const,
  );
  return { membership: collection?.membership ?? 0, revisions: new Map(revisions) };
}

/** The collection with the list applied; the same object when the list changes nothing. */
function applyList<T extends Identified>(
  kind: ListedKind<T>,
  collection: Collection<T>,
  listed: Listed<T>,
  began: ListVersions & { readonly lastGood: number },
): Collection<T> {
  const [rejected] = listed.rejected;
  const load: Load =
    rejected === undefined
      ? { kind: "loaded" }
      : { kind: "failed", error: rejected.error, lastGood: began.lastGood };
  const present =
    began.membership === collection.membership
      ? listed.items
      : withLocalMembership(collection.items, listed.items);
  const unreadable = listed.rejected.flatMap(({ id }) => id ?? []);
  const list = { items: present, unreadable };
  const items = reconcile(kind, collection.items, list, began.revisions);
  const same =
    collection.isConfirmed && items === collection.items && sameLoad(load, collection.load);
  return same ? collection : { ...collection, load, items, isConfirmed: true };
}

/**
 * Every answer has its own error object. Two failures are equal while they name the same broken
 * resource.
 */
function sameLoad(one: Load, other: Load): boolean {
  if (one.kind === "failed" && other.kind === "failed") {
    return sameFailure(one.error, other.error);
  }
  return one.kind === "loaded" && other.kind === "loaded";
}

function sameFailure(one: unknown, other: unknown): boolean {
  return isApiError(one) && isApiError(other) && one.message === other.message;
}

/** A list asked for before an addition or deletion here doesn't know the current membership. */
function withLocalMembership<T extends Identified>(
  known: Collection<T>["items"],
  listed: readonly T[],
): readonly T[] {
  const found = new Map(listed.map((item) => [item.id, item]));
  return [...known].map(([id, { remote }]) => found.get(id) ?? remote);
}

/** The same list, with the known object in place of each unchanged item. */
async function reuseUnchanged<T extends Identified>(
  kind: ListedKind<T>,
  known: Collection<T>["items"],
  listed: readonly T[],
): Promise<readonly T[]> {
  const slicer = new TimeSlicer();
  const found: T[] = [];
  for (const item of listed) {
    if (slicer.isOver) {
      await slicer.next();
    }
    const remote = known.get(item.id)?.remote;
    found.push(remote !== undefined && isSame(kind, remote, item) ? remote : item);
  }
  return found;
}

/** The items of a list, and the ids of items that couldn't be understood. */
interface List<T> {
  readonly items: readonly T[];
  readonly unreadable: readonly string[];
}

/**
 * The resources of a list, with everything kept that the list can't know. A resource that didn't
 * change keeps its object. A resource that was written or read after the list began keeps its newer
 * value. A resource that can no longer be understood keeps its last value.
 */
function reconcile<T extends Identified>(
  kind: ListedKind<T>,
  before: Collection<T>["items"],
  { items, unreadable }: List<T>,
  began: ReadonlyMap<string, number>,
): Collection<T>["items"] {
  const read = items.map((item) => {
    const known = before.get(item.id);
    return known === undefined ? newResource(item) : merge(kind, known, item, began);
  });
  const kept = unreadable.flatMap((id) => before.get(id) ?? []);
  const resources = new Map([...read, ...kept].map((resource) => [resource.remote.id, resource]));
  const next = sorted(resources.values());
  return sameMap(before, next) ? before : next;
}

function merge<T extends Identified>(
  kind: ListedKind<T>,
  known: Resource<T>,
  listed: T,
  began: ReadonlyMap<string, number>,
): Resource<T> {
  // A resource that wasn't known when the list began comes from a snapshot, so the list is newer.
  const isNewer = known.revision !== (began.get(listed.id) ?? 0) || known.pending.length > 0;
  if (isNewer) {
    return known;
  }
  const answered = known.refusals.length === 0 ? known : { ...known, refusals: NO_REFUSALS };
  return isSame(kind, known.remote, listed) ? answered : withRemote(kind.fields, answered, listed);
}

function isSame<T extends Identified>(kind: ListedKind<T>, one: T, other: T): boolean {
  return one === other || kind.same(one, other);
}

function sameMap<T>(one: ReadonlyMap<string, T>, other: ReadonlyMap<string, T>): boolean {
  const others = [...other];
  return (
    one.size === other.size &&
    [...one].every(([key, value], index) => {
      const counterpart = others[index];
      return counterpart?.[0] === key && counterpart[1] === value;
    })
  );
}

/** Resources in display order. */
export function sorted<T extends Identified>(
  resources: Iterable<Resource<T>>,
): Collection<T>["items"] {
  return new Map(
    [...resources]
      .sort((one, other) => byName(one.remote, other.remote))
      .map((resource) => [resource.remote.id, resource]),
  );
}
