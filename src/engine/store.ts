import { Emitter, type Event } from "../base/emitter.ts";
import { byName } from "../base/text.ts";
import type { Account, AccountId } from "../domain/account.ts";
import { type Filter, NO_FILTER } from "../domain/filter.ts";
import {
  type AccountState,
  EMPTY_STATE,
  newAccountState,
  type ServerState,
  type State,
} from "./state.ts";

/** What everyone but the store's own folder gets to see of it. */
export interface ReadonlyStore {
  readonly state: State;
  /** Fires after each change, never when nothing changed. */
  readonly onDidChange: Event<State>;
}

/** The one writer of State. */
export class Store implements ReadonlyStore {
  #state: State = EMPTY_STATE;
  readonly #changed = new Emitter<State>();
  readonly onDidChange = this.#changed.event;

  get state(): State {
    return this.#state;
  }

  addAccount(account: Account): void {
    const added = new Map(this.#state.accounts).set(account.id, newAccountState(account));
    // By name, so that they stand in the same order whenever and however they were signed in to.
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
    // Whoever signs in next has chosen nothing.
    const filter = accounts.size === 0 ? NO_FILTER : this.#state.filter;
    this.#replace({ ...this.#state, accounts, shown, filter });
  }

  /** Every account of the last window is there that could be opened. */
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

  /** Nothing happens for an account that is gone: late answers after a sign-out have no effect. */
  updateAccount(id: AccountId, change: (account: AccountState) => AccountState): void {
    const before = this.#state.accounts.get(id);
    if (before === undefined) {
      return;
    }
    const after = change(before);
    if (after !== before) {
      this.#replaceAccount(id, after);
    }
  }

  /** The same for a server that is gone. */
  updateServer(
    accountId: AccountId,
    serverId: string,
    change: (server: ServerState) => ServerState,
  ): void {
    this.updateAccount(accountId, (account) => {
      const before = account.servers.get(serverId);
      const after = before === undefined ? undefined : change(before);
      if (after === undefined || after === before) {
        return account;
      }
      return { ...account, servers: new Map(account.servers).set(serverId, after) };
    });
  }

  dispose(): void {
    this.#changed.dispose();
  }

  #replaceAccount(id: AccountId, account: AccountState): void {
    this.#replace({ ...this.#state, accounts: new Map(this.#state.accounts).set(id, account) });
  }

  #replace(state: State): void {
    this.#state = state;
    this.#changed.fire(state);
  }
}
