import { type Disposable, Emitter } from "../../base/emitter.ts";
import { isApiError, isCancelled } from "../../domain/apiError.ts";
import { changesFrom } from "../../domain/changes/change.ts";
import type { SaveOutcome } from "../../domain/changes/writeResult.ts";
import type { Baseline } from "../../domain/review/baseline.ts";
import { type HoldMode, type HoldPlan, heldAfter, planHold } from "../../domain/review/held.ts";
import { type CapabilityRef, overrideValues, SERVER_FIELDS } from "../../domain/servers/fields.ts";
import type { Server } from "../../domain/servers/server.ts";
import { serverKind, serverRef } from "../../domain/servers/serverKind.ts";
import type { Session } from "../session.ts";
import { findServer } from "../state.ts";
import type { ReadonlyStore } from "../store.ts";
import type { Reviews } from "./reviews.ts";

interface Address {
  readonly accountId: string;
  readonly serverId: string;
}

/** What hold did to one server, or couldn't do. */
export interface HoldOutcome {
  readonly address: Address;
  /** What is off now and wasn't. */
  readonly turnedOff: readonly CapabilityRef[];
  /** Undefined where nothing was sent. */
  readonly saved: SaveOutcome | undefined;
  /** Why nothing was sent: an error, or a credential that may only read. */
  readonly failure: { readonly error: unknown } | "readOnly" | undefined;
}

export interface HoldOptions {
  /** Read whenever something may have to be done. */
  mode(): HoldMode;
  /** Undefined for an account that isn't signed in. */
  session(accountId: string): Pick<Session, "save" | "operations"> | undefined;
}

/** What was looked at of a server. The same things again need nothing done. */
interface Looked {
  readonly remote: Server;
  readonly baseline: Baseline | undefined;
  readonly mode: HoldMode;
  readonly isReadOnly: boolean;
}

/**
 * Turns off what upstreams added or changed, as soon as a read shows it, and on again what somebody
 * accepted. Each is a write like any other, that can be undone. Of several windows one does it: they
 * take turns, and what was done is kept with the baseline.
 */
export class Hold implements Disposable {
  readonly #store: ReadonlyStore;
  readonly #reviews: Reviews;
  readonly #options: HoldOptions;
  readonly #looked = new Map<string, Looked>();
  readonly #acting = new Set<string>();
  /** What was last tried on each server, whether it went well or not. */
  readonly #tried = new Map<string, HoldPlan>();
  readonly #outcomes = new Emitter<readonly HoldOutcome[]>();
  readonly #subscriptions: readonly Disposable[];
  readonly #readOnlyTold = new Set<string>();

  /** Fires once for all servers that were found together. */
  readonly onDidHold = this.#outcomes.event;

  constructor(store: ReadonlyStore, reviews: Reviews, options: HoldOptions) {
    this.#store = store;
    this.#reviews = reviews;
    this.#options = options;
    this.#subscriptions = [
      store.onDidChange(() => this.look()),
      reviews.onDidChange(() => this.look()),
    ];
  }

  /** Does what is to be done. Call this when the mode has changed. */
  look(): void {
    const waiting = this.#addresses().filter((address) => this.#isNews(address));
    if (waiting.length > 0) {
      void this.#actOnAll(waiting);
    }
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) {
      subscription.dispose();
    }
    this.#outcomes.dispose();
  }

  /** The servers with changes, or of which something is held. */
  #addresses(): readonly Address[] {
    const { stored } = this.#reviews;
    return [...this.#store.state.accounts].flatMap(([accountId, { collections }]) =>
      [...collections.server.items.keys()]
        .map((serverId) => ({ accountId, serverId }))
        .filter(
          (address) =>
            stored.of(address).length > 0 ||
            (stored.baselineOf(address)?.heldBack ?? []).length > 0,
        ),
    );
  }

  #isNews(address: Address): boolean {
    const key = keyOf(address);
    const looked = this.#looked.get(key);
    const now = this.#lookedNow(address);
    if (now === undefined || this.#acting.has(key) || isSameLook(looked, now)) {
      return false;
    }
    this.#looked.set(key, now);
    return this.#planOf(address) !== undefined;
  }

  /** Undefined for what can't be judged now. */
  #lookedNow(address: Address): Looked | undefined {
    const { accountId, serverId } = address;
    const account = this.#store.state.accounts.get(accountId);
    const server = account?.collections.server.items.get(serverId);
    // With the next credential, the servers are read again. A write under way may turn off or on.
    const isReady = account?.access.refused === false && server?.pending.length === 0;
    return account === undefined || server === undefined || !isReady
      ? undefined
      : {
          remote: server.remote,
          baseline: this.#reviews.stored.baselineOf(address),
          mode: this.#options.mode(),
          isReadOnly: account.access.readOnly,
        };
  }

  #planOf(address: Address): HoldPlan | undefined {
    const now = this.#lookedNow(address);
    if (now?.baseline === undefined) {
      return undefined;
    }
    return planHold(now.remote, now.baseline, this.#reviews.stored.of(address), now.mode);
  }

  async #actOnAll(addresses: readonly Address[]): Promise<void> {
    const all = await Promise.all(addresses.map((address) => this.#actAlone(address)));
    const outcomes = all.flatMap((outcome) => outcome ?? []);
    if (outcomes.length > 0) {
      this.#outcomes.fire(outcomes);
    }
    // What came meanwhile.
    this.look();
  }

  async #actAlone(address: Address): Promise<HoldOutcome | undefined> {
    const key = keyOf(address);
    this.#acting.add(key);
    this.#remember(address);
    try {
      return await this.#act(address);
    } finally {
      this.#acting.delete(key);
      const now = this.#lookedNow(address);
      // What failed isn't tried again before something changes. What somebody accepted meanwhile is news.
      if (now !== undefined && this.#wasTried(address)) {
        this.#looked.set(key, now);
      }
    }
  }

  #remember(address: Address): HoldPlan | undefined {
    const plan = this.#planOf(address);
    if (plan !== undefined) {
      this.#tried.set(keyOf(address), plan);
    }
    return plan;
  }

  /** True where nothing else is to be done than what was tried. */
  #wasTried(address: Address): boolean {
    const plan = this.#planOf(address);
    const tried = this.#tried.get(keyOf(address));
    return plan === undefined || (tried !== undefined && turnsTheSame(plan, tried));
  }

  async #act(address: Address): Promise<HoldOutcome | undefined> {
    const { accountId } = address;
    if (this.#store.state.accounts.get(accountId)?.access.readOnly === true) {
      return this.#tellReadOnly(address);
    }
    let outcome: HoldOutcome | undefined;
    try {
      await this.#reviews.inTurn(address, async () => {
        outcome = await this.#actInTurn(address);
      });
      return outcome;
    } catch (error) {
      const isGone = isCancelled(error) || (isApiError(error) && error.kind === "notFound");
      return isGone ? undefined : { address, turnedOff: [], saved: undefined, failure: { error } };
    }
  }

  #tellReadOnly(address: Address): HoldOutcome | undefined {
    const isTold = this.#readOnlyTold.has(address.accountId);
    this.#readOnlyTold.add(address.accountId);
    return isTold ? undefined : { address, turnedOff: [], saved: undefined, failure: "readOnly" };
  }

  /** What this window knows may be older than what another one wrote, so it is read first. */
  async #actInTurn(address: Address): Promise<HoldOutcome | undefined> {
    const { accountId, serverId } = address;
    const session = this.#options.session(accountId);
    await session?.operations(serverKind).reread(serverId);
    const plan = this.#remember(address);
    const server = findServer(this.#store.state, accountId, serverId)?.remote;
    if (session === undefined || plan === undefined || server === undefined) {
      return undefined;
    }
    await this.#reviews.keepHeld(address, plan.held);
    const changes = changesFrom(SERVER_FIELDS, server, [
      ...plan.turnOff.flatMap((of) => overrideValues(of, { enabled: false })),
      ...plan.turnOn.flatMap((of) => overrideValues(of, { enabled: null })),
    ]);
    if (changes.length === 0) {
      return undefined;
    }
    const ref = serverRef(accountId, serverId);
    const result = await session.save({ ref, changes });
    const saved = result.saved.flatMap(({ field: { of } }) => refOf(of));
    await this.#reviews.keepHeld(address, heldAfter(plan, saved));
    const done = new Set(saved.map((of) => `${of.kind}:${of.name}`));
    return {
      address,
      turnedOff: plan.turnOff.filter(({ kind, name }) => done.has(`${kind}:${name}`)),
      saved: { ref, result },
      failure: undefined,
    };
  }
}

function refOf(of: { readonly kind: string; readonly name: string } | undefined) {
  return of?.kind === "tool" || of?.kind === "prompt"
    ? [{ kind: of.kind, name: of.name } as const]
    : [];
}

function turnsTheSame(one: HoldPlan, other: HoldPlan): boolean {
  const turns = ({ turnOff, turnOn }: HoldPlan): string => JSON.stringify([turnOff, turnOn]);
  return turns(one) === turns(other);
}

function keyOf({ accountId, serverId }: Address): string {
  return `${accountId}/${serverId}`;
}

function isSameLook(one: Looked | undefined, other: Looked): boolean {
  return (
    one?.remote === other.remote &&
    one.baseline === other.baseline &&
    one.mode === other.mode &&
    one.isReadOnly === other.isReadOnly
  );
}
