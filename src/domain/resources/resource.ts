import type { ApiError } from "../apiError.ts";
import type { ChangeSet, FieldAccess, FieldChange, FieldValue } from "../changes/change.ts";
import type { Refusal } from "../changes/writeResult.ts";
import { beforeNextRead, NOTHING_WRITTEN, type WrittenFields } from "../changes/writtenValues.ts";
import type { CallOptions, CloudflareClient, Listed } from "../cloudflareClient.ts";
import type { Codec } from "./snapshot.ts";

/** Properties that every resource has. Lists are sorted by name. */
export interface Identified {
  readonly id: string;
  readonly name: string;
}

/** The fields of a kind of resource, and the patch that sets them. */
export interface Fields<T, Patch> extends FieldAccess<T> {
  /**
   * The smallest patch that gives `current` these values; undefined when it has them already. Each
   * array in it is complete, because Cloudflare replaces whole arrays.
   */
  patch(current: T, values: readonly FieldValue[]): Patch | undefined;
  /**
   * Fields that a patch repeats only because its arrays have to be complete. They are to stay as
   * they are.
   */
  untouched(patch: Patch, values: readonly FieldValue[]): readonly FieldChange[];
  /**
   * Values of `current` that a patch removes although none of these values is about them. Cloudflare
   * would refuse the patch with them.
   */
  lost(current: T, patch: Patch, values: readonly FieldValue[]): readonly FieldChange[];
  /** The refusals that name a property. An index in them counts the entries of `patch`. */
  refusals(error: ApiError, patch: Patch): readonly Refusal[];
}

/** All that the engine knows of one kind of remote resource. */
export interface ResourceKind<Name extends string, T extends Identified, Patch, New> {
  readonly name: Name;
  list(api: CloudflareClient, options: CallOptions): Promise<Listed<T>>;
  read(api: CloudflareClient, id: string, options?: CallOptions): Promise<T>;
  create(api: CloudflareClient, item: New): Promise<T>;
  /** Sends the patch once, as it is. */
  update(api: CloudflareClient, id: string, patch: Patch): Promise<T>;
  delete(api: CloudflareClient, id: string): Promise<void>;
  readonly fields: Fields<T, Patch>;
  /** How resources of this kind are stored on disk. */
  readonly snapshot: Codec<T>;
  /** True when two answers of Cloudflare have the same content. */
  same(one: T, other: T): boolean;
  /** True when the resource worked before and doesn't any more. */
  hasStoppedWorking(before: T, after: T): boolean;
}

export interface Resource<T> {
  /**
   * The same object for as long as the resource exists. A resource that was deleted and added again
   * under its id has another one.
   */
  readonly identity: object;
  /** The value last read from Cloudflare. */
  readonly remote: T;
  /** The value that people see: `remote` with all pending changes applied. */
  readonly optimistic: T;
  /** Changes that aren't saved yet, the oldest first. */
  readonly pending: readonly ChangeSet[];
  /** Values that this window wrote not long ago, to be compared with later reads. */
  readonly written: WrittenFields;
  /** Why Cloudflare refused the last write. Cleared by the next save or refresh. */
  readonly refusals: readonly Refusal[];
  /**
   * Grows with every read and write of this resource. The part of a list that began before is out
   * of date.
   */
  readonly revision: number;
}

/** The state of the last attempt to fetch a collection. */
export type Load =
  /** `lastGood` is the time of an earlier window's data, in milliseconds since 1970. */
  | { readonly kind: "loading"; readonly lastGood?: number }
  | { readonly kind: "loaded" }
  /**
   * `lastGood` is the time of the data on screen, in milliseconds since 1970; undefined without
   * data.
   */
  | { readonly kind: "failed"; readonly error: unknown; readonly lastGood: number | undefined };

/** An account's resources of one kind. */
export interface Collection<T> {
  readonly load: Load;
  /** By id, in the order of the screen. */
  readonly items: ReadonlyMap<string, Resource<T>>;
  /**
   * Grows when this window adds or deletes a resource. A list that began before doesn't know of it.
   */
  readonly membership: number;
  /**
   * True once Cloudflare has answered this window. Until then all data comes from an earlier
   * window.
   */
  readonly isConfirmed: boolean;
}

export const EMPTY_COLLECTION: Collection<never> = {
  load: { kind: "loading" },
  items: new Map(),
  membership: 0,
  isConfirmed: false,
};

/** A collection for each kind. `Types` gives each kind its type. */
export type Collections<Types> = { readonly [K in keyof Types]: Collection<Types[K]> };

/** All kinds of resources, for the engine to loop over. */
export interface ResourceTable<Types extends { readonly [K in keyof Types]: Identified }> {
  readonly empty: Collections<Types>;
  /** Calls `visit` with each kind under its own types. */
  each<Result>(
    visit: <K extends keyof Types & string, Patch, New>(
      kind: ResourceKind<K, Types[K], Patch, New>,
    ) => Result,
  ): readonly Result[];
}

/** One shared object, so that resources without refusals are equal by identity. */
export const NO_REFUSALS: readonly Refusal[] = [];

export function newResource<T>(remote: T): Resource<T> {
  return {
    identity: {},
    optimistic: remote,
    remote,
    pending: [],
    written: NOTHING_WRITTEN,
    refusals: NO_REFUSALS,
    revision: 0,
  };
}

/** Replaces the remote value or the pending changes, and derives `optimistic` from them. */
export function withRemote<T>(
  fields: FieldAccess<T>,
  resource: Resource<T>,
  remote: T,
  pending: Resource<T>["pending"] = resource.pending,
): Resource<T> {
  const optimistic = pending.reduce((seen, { changes }) => fields.set(seen, changes), remote);
  const written =
    remote === resource.remote
      ? resource.written
      : beforeNextRead(fields, resource.written, resource.remote);
  return { ...resource, remote, pending, written, optimistic };
}
