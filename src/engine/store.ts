import { reportUncaught } from "../base/async.ts";
import { type Disposable, Emitter, type Event } from "../base/emitter.ts";
import { byName } from "../base/text.ts";
import type { Account, AccountId } from "../domain/account.ts";
import { type Filter, NO_FILTER } from "../domain/filter.ts";
import type { Resources } from "../domain/resources/kinds.ts";
import type {
  Collection,
  Identified,
  Resource,
  ResourceTable,
} from "../domain/resources/resource.ts";
import { type Difference, differencesOf } from "./differences.ts";
import { type AccountState, emptyState, newAccountState, type State } from "./state.ts";

/** A value computed from the state. It is up to date whenever a listener is called. */
export interface Derived<V> extends Disposable {
  readonly value: V;
  /** Fires with the previous value, once all derived values have been computed. */
  readonly onDidChange: Event<V>;
  /** Computes the value for a reason other than a change of the state. */
  recompute(): void;
}

/** The part of the store that code outside the engine sees. */
export interface ReadonlyStore<Types = Resources> {
  readonly state: State<Types>;
  /**
   * Fires after each actual change, once all derived values have been computed. A change by a
   * listener fires after all listeners have been called for the change before.
   */
  readonly onDidChange: Event<State<Types>>;
  /** Fires after `onDidChange`, with each fact that the change revealed. */
  readonly onDidDiffer: Event<Difference>;
  /**
   * Adds a step that runs after each change. Steps run in the order in which they were added, so a
   * step may use the values of earlier ones. A value that is the same object as before hasn't
   * changed.
   */
  derive<V>(first: V, compute: (state: State<Types>, before: V) => V): Derived<V>;
}

/** One account's resources of one kind, as the engine changes them. */
export interface CollectionStore<T> {
  readonly accountId: AccountId;
  readonly kind: string;
  /** Undefined when the account is gone. */
  readonly current: Collection<T> | undefined;
  readonly onDidDiffer: Event<Difference>;
  /** Does nothing for an account that is gone, so late answers after a sign-out have no effect. */
  update(change: (collection: Collection<T>) => Collection<T>): void;
  /** The same for one resource. Does nothing when the resource is gone. */
  updateItem(id: string, change: (resource: Resource<T>) => Resource<T>): void;
}

/** The one writer of State. */
export class Store<Types extends { readonly [K in keyof Types]: Identified } = Resources>
  implements ReadonlyStore<Types>
{
  readonly resources: ResourceTable<Types>;
  #state: State<Types> = emptyState();
  /** The state that listeners were last called with. */
  #told = this.#state;
  /** Differences whose listeners haven't been called yet. */
  #untold: readonly Difference[] = [];
  #isTelling = false;
  #steps: readonly Step<State<Types>>[] = [];
  readonly #changed = new Emitter<State<Types>>();
  readonly #differed = new Emitter<Difference>();

  readonly onDidChange = this.#changed.event;
  readonly onDidDiffer = this.#differed.event;

  constructor(resources: ResourceTable<Types>) {
    this.resources = resources;
  }

  get state(): State<Types> {
    return this.#state;
  }

  derive<V>(first: V, compute: (state: State<Types>, before: V) => V): Derived<V> {
    const step = new DerivedValue(first, compute, {
      recompute: () => {
        this.#derive();
        this.#tell();
      },
      end: () => {
        this.#steps = this.#steps.filter((each) => each !== step);
      },
    });
    this.#steps = [...this.#steps, step];
    step.run(this.#state);
    step.tell();
    return step;
  }

  addAccount(account: Account): void {
    const state = newAccountState(account, this.resources.empty);
    const added = new Map(this.#state.accounts).set(account.id, state);
    // Accounts are sorted by name, so that the order of sign-ins doesn't matter.
    const accounts = new Map(
      [...added].sort(([, one], [, other]) => byName(one.account, other.account)),
    );
    this.#replace({ ...this.#state, accounts });
  }

  removeAccount(id: AccountId): void {
    const accounts = new Map(this.#state.accounts);
    if (!accounts.delete(id)) {
      return;
    }
    const shown = this.#state.shown === id ? "all" : this.#state.shown;
    // The next person to sign in hasn't chosen a filter.
    const filter = accounts.size === 0 ? NO_FILTER : this.#state.filter;
    this.#replace({ ...this.#state, accounts, shown, filter });
  }

  /** Call this when every account of the last window that could be opened is open. */
  restored(): void {
    this.#replace({ ...this.#state, restored: true });
  }

  show(shown: AccountId | "all"): void {
    if (shown !== this.#state.shown) {
      this.#replace({ ...this.#state, shown });
    }
  }

  filter(filter: Filter): void {
    const before = this.#state.filter;
    if (filter.size === before.size && [...filter].every((kind) => before.has(kind))) {
      return;
    }
    this.#replace({ ...this.#state, filter });
  }

  /** Does nothing for an account that is gone, so late answers after a sign-out have no effect. */
  updateAccount(
    id: AccountId,
    change: (account: AccountState<Types>) => AccountState<Types>,
  ): void {
    const before = this.#state.accounts.get(id);
    if (before === undefined) {
      return;
    }
    const after = change(before);
    if (after !== before) {
      this.#replace({ ...this.#state, accounts: new Map(this.#state.accounts).set(id, after) });
    }
  }

  collection<K extends keyof Types & string>(
    accountId: AccountId,
    kind: K,
  ): CollectionStore<Types[K]> {
    const current = (): Collection<Types[K]> | undefined =>
      this.#state.accounts.get(accountId)?.collections[kind];
    const update: CollectionStore<Types[K]>["update"] = (change) =>
      this.updateAccount(accountId, (account) => withCollection(account, kind, change));
    return {
      accountId,
      kind,
      get current() {
        return current();
      },
      onDidDiffer: this.onDidDiffer,
      update,
      updateItem: (id, change) => update((collection) => withItem(collection, id, change)),
    };
  }

  dispose(): void {
    this.#changed.dispose();
    this.#differed.dispose();
    for (const step of this.#steps) {
      step.dispose();
    }
  }

  #replace(state: State<Types>): void {
    this.#untold = [...this.#untold, ...differencesOf(this.resources, this.#state, state)];
    this.#state = state;
    this.#derive();
    this.#tell();
  }

  #derive(): void {
    for (const step of this.#steps) {
      step.run(this.#state);
    }
  }

  /**
   * A listener's own change waits until the other listeners have been called for the previous one.
   */
  #tell(): void {
    if (this.#isTelling) {
      return;
    }
    this.#isTelling = true;
    while (this.#told !== this.#state || this.#steps.some((step) => step.isNew)) {
      const before = this.#told;
      const after = this.#state;
      this.#told = after;
      if (before !== after) {
        this.#changed.fire(after);
      }
      for (const step of this.#steps) {
        step.tell();
      }
      const differences = this.#untold;
      this.#untold = [];
      for (const difference of differences) {
        this.#differed.fire(difference);
      }
    }
    this.#isTelling = false;
  }
}

function withCollection<Types, K extends keyof Types & string>(
  account: AccountState<Types>,
  kind: K,
  change: (collection: Collection<Types[K]>) => Collection<Types[K]>,
): AccountState<Types> {
  const before = account.collections[kind];
  const after = change(before);
  return after === before
    ? account
    : { ...account, collections: { ...account.collections, [kind]: after } };
}

function withItem<T>(
  collection: Collection<T>,
  id: string,
  change: (resource: Resource<T>) => Resource<T>,
): Collection<T> {
  const before = collection.items.get(id);
  const after = before === undefined ? undefined : change(before);
  return after === undefined || after === before
    ? collection
    : { ...collection, items: new Map(collection.items).set(id, after) };
}

/** One step of the pipeline. */
interface Step<S> {
  /** Whether its listeners haven't been called with its value yet. */
  readonly isNew: boolean;
  /**
   * Never throws. A step that fails keeps its last value and doesn't stop the change of the state.
   */
  run(state: S): void;
  tell(): void;
  dispose(): void;
}

class DerivedValue<S, V> implements Derived<V>, Step<S> {
  #value: V;
  #told: V;
  readonly #compute: (state: S, before: V) => V;
  readonly #pipeline: Pipeline;
  readonly #changed = new Emitter<V>();
  readonly onDidChange = this.#changed.event;

  constructor(first: V, compute: (state: S, before: V) => V, pipeline: Pipeline) {
    this.#value = first;
    this.#told = first;
    this.#compute = compute;
    this.#pipeline = pipeline;
  }

  recompute(): void {
    this.#pipeline.recompute();
  }

  get value(): V {
    return this.#value;
  }

  get isNew(): boolean {
    return this.#value !== this.#told;
  }

  run(state: S): void {
    try {
      this.#value = this.#compute(state, this.#value);
    } catch (error) {
      reportUncaught(error);
    }
  }

  tell(): void {
    const before = this.#told;
    if (this.isNew) {
      this.#told = this.#value;
      this.#changed.fire(before);
    }
  }

  dispose(): void {
    this.#pipeline.end();
    this.#changed.dispose();
  }
}

/** The part of the pipeline that a step uses. */
interface Pipeline {
  recompute(): void;
  /** Removes the step. */
  end(): void;
}
