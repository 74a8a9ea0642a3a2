import { isApiError } from "../domain/apiError.ts";
import type { FieldAccess } from "../domain/changes/change.ts";
import type { CallOptions, CloudflareClient } from "../domain/cloudflareClient.ts";
import {
  type Collection,
  type Identified,
  newResource,
  type Resource,
  type ResourceKind,
  withRemote,
} from "../domain/resources/resource.ts";
import { sorted } from "./refresh.ts";
import type { CollectionStore } from "./store.ts";

interface OperationsOptions<Name extends string, T extends Identified, Patch, New> {
  readonly kind: ResourceKind<Name, T, Patch, New>;
  readonly store: CollectionStore<T>;
  readonly api: CloudflareClient;
}

/** Operations on resources that aren't edits: they have no journal and can't be undone. */
export class Operations<Name extends string, T extends Identified, Patch, New> {
  readonly #kind: ResourceKind<Name, T, Patch, New>;
  readonly #store: CollectionStore<T>;
  readonly #api: CloudflareClient;

  constructor({ kind, store, api }: OperationsOptions<Name, T, Patch, New>) {
    this.#kind = kind;
    this.#store = store;
    this.#api = api;
  }

  /** Rejects with an ApiError. */
  async create(item: New): Promise<T> {
    const created = await this.#kind.create(this.#api, item);
    this.#changeMembers((items) => items.set(created.id, newResource(created)));
    return created;
  }

  /** Rejects with an ApiError. A resource that no longer exists counts as deleted. */
  async delete(id: string): Promise<void> {
    try {
      await this.#kind.delete(this.#api, id);
    } catch (error) {
      if (!isApiError(error) || error.kind !== "notFound") {
        throw error;
      }
    }
    this.#changeMembers((items) => items.delete(id));
  }

  /**
   * Sends a patch that needs no merge and must not be kept, such as a credential. Resolves with the
   * resource as it reads afterwards. Rejects with an ApiError.
   */
  async send(id: string, patch: Patch): Promise<T> {
    await this.#kind.update(this.#api, id, patch);
    return this.reread(id);
  }

  /** Fetches one resource into the state. Rejects with an ApiError. */
  async reread(id: string, options?: CallOptions): Promise<T> {
    const reading = await readSettled(
      () => revisionOf(this.#store, id),
      () => this.#kind.read(this.#api, id, options),
    );
    this.#store.updateItem(id, (resource) => withReading(this.#kind.fields, resource, reading));
    return reading.value;
  }

  #changeMembers(change: (items: Map<string, Resource<T>>) => unknown): void {
    this.#store.update((collection): Collection<T> => {
      const items = new Map(collection.items);
      change(items);
      return {
        ...collection,
        items: sorted(items.values()),
        membership: collection.membership + 1,
      };
    });
  }
}

/**
 * A resource as it was read, with its revision at that time. A higher revision is newer than the
 * read.
 */
export interface Reading<T> {
  readonly value: T;
  readonly revision: number;
}

export function revisionOf(store: CollectionStore<unknown>, id: string): number {
  return store.current?.items.get(id)?.revision ?? 0;
}

/** Reads again when a write overtook the read, because its value is then old. */
export async function readSettled<T>(
  revision: () => number,
  read: () => Promise<T>,
): Promise<Reading<T>> {
  for (;;) {
    const before = revision();
    const value = await read();
    if (before === revision()) {
      return { value, revision: before };
    }
  }
}

/** The resource with the value that was read, unless a newer value came in between. */
export function withReading<T>(
  fields: FieldAccess<T>,
  resource: Resource<T>,
  reading: Reading<T> | undefined,
): Resource<T> {
  if (reading?.revision !== resource.revision) {
    return resource;
  }
  return { ...withRemote(fields, resource, reading.value), revision: resource.revision + 1 };
}
