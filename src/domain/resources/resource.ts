import type { ApiError } from "../apiError.ts";
import type { ChangeSet, FieldAccess, FieldChange, FieldValue } from "../changes/change.ts";
import type { Refusal } from "../changes/writeResult.ts";
import type { CallOptions, CloudflareClient, Listed } from "../cloudflareClient.ts";
import type { Codec } from "./snapshot.ts";

/** What every resource has. Lists are shown in the order of the names. */
export interface Identified {
  readonly id: string;
  readonly name: string;
}

/** How a kind of resource is changed: its fields, and what is sent to set them. */
export interface Fields<T, Patch> extends FieldAccess<T> {
  /**
   * The smallest patch that turns `current` into what the values mean; undefined when it already is
   * so. Cloudflare replaces arrays, so each array in it is complete.
   */
  patch(current: T, values: readonly FieldValue[]): Patch | undefined;
  /** What a patch holds only because its arrays have to be complete: it is to stay as it is. */
  untouched(patch: Patch, values: readonly FieldValue[]): readonly FieldChange[];
  /** What of a refusal names a property. Its numbers count entries of what was sent. */
  refusals(error: ApiError, patch: Patch): readonly Refusal[];
}

/** What the engine has to know of one kind of remote resource. */
export interface ResourceKind<Name extends string, T extends Identified, Patch, New> {
  readonly name: Name;
  list(api: CloudflareClient, options: CallOptions): Promise<Listed<T>>;
  read(api: CloudflareClient, id: string, options?: CallOptions): Promise<T>;
  create(api: CloudflareClient, item: New): Promise<T>;
  /** Sends the patch as it stands, once. */
  update(api: CloudflareClient, id: string, patch: Patch): Promise<T>;
  delete(api: CloudflareClient, id: string): Promise<void>;
  readonly fields: Fields<T, Patch>;
  /** How it is kept on disk. */
  readonly snapshot: Codec<T>;
  /** Whether Cloudflare told the same twice. */
  same(one: T, other: T): boolean;
  /** Whether it worked before and doesn't any more. */
  hasStoppedWorking(before: T, after: T): boolean;
}

export interface Resource<T> {
  /** As last read from Cloudflare. */
  readonly remote: T;
  /** What people see: the remote value with every pending change on it. */
  readonly optimistic: T;
  /** Changes that aren't saved yet, oldest first. */
  readonly pending: readonly ChangeSet[];
  /** Why Cloudflare refused the last write, until the next save or refresh. */
  readonly refusals: readonly Refusal[];
  /** Grows with every read or write of this one resource: a list that began earlier is stale for it. */
  readonly revision: number;
}

/** How the last attempt to fetch a collection went. */
export type Load =
  /** `lastGood` is from when the data of an earlier window is, in ms since 1970. */
  | { readonly kind: "loading"; readonly lastGood?: number }
  | { readonly kind: "loaded" }
  /** `lastGood` is from when the data on screen is, in ms since 1970; undefined when there is none. */
  | { readonly kind: "failed"; readonly error: unknown; readonly lastGood: number | undefined };

/** An account's resources of one kind. */
export interface Collection<T> {
  readonly load: Load;
  /** By id, in the order in which they are shown. */
  readonly items: ReadonlyMap<string, Resource<T>>;
  /** Grows when one is added or deleted here: a list that began earlier doesn't know of it. */
  readonly membership: number;
  /** Whether Cloudflare has told this window what there is; else all is from an earlier window. */
  readonly isConfirmed: boolean;
}

export const EMPTY_COLLECTION: Collection<never> = {
  load: { kind: "loading" },
  items: new Map(),
  membership: 0,
  isConfirmed: false,
};

/** A collection for each kind. `Types` says what each kind is read as. */
export type Collections<Types> = { readonly [K in keyof Types]: Collection<Types[K]> };

/** All kinds of resources that there are, for the engine to go through. */
export interface ResourceTable<Types extends { readonly [K in keyof Types]: Identified }> {
  readonly empty: Collections<Types>;
  /** Calls `visit` with each kind under its own types. */
  each<Result>(
    visit: <K extends keyof Types & string, Patch, New>(
      kind: ResourceKind<K, Types[K], Patch, New>,
    ) => Result,
  ): readonly Result[];
}

/** One object, so that resources without refusals compare by identity. */
export const NO_REFUSALS: readonly Refusal[] = [];

export function newResource<T>(remote: T): Resource<T> {
  return { optimistic: remote, remote, pending: [], refusals: NO_REFUSALS, revision: 0 };
}

/** The resource with another remote value or other pending changes; `optimistic` follows from both. */
export function withRemote<T>(
  fields: FieldAccess<T>,
  resource: Resource<T>,
  remote: T,
  pending: Resource<T>["pending"] = resource.pending,
): Resource<T> {
  const optimistic = pending.reduce((seen, { changes }) => fields.set(seen, changes), remote);
  return { ...resource, remote, pending, optimistic };
}
