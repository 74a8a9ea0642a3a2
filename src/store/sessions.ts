import type { Account, AccountId } from "../model/client/account.ts";
import type { Client } from "../model/client/client.ts";
import { Emitter } from "./emitter.ts";
import { Session } from "./session.ts";
import type { SessionSettings } from "./sessionSettings.ts";
import type { Access } from "./state.ts";
import type { Store } from "./store.ts";
import type { Aftermath } from "./watch/watch.ts";

/** The sessions of all accounts that are signed in. */
export class Sessions {
  readonly #store: Store;
  readonly #settings: SessionSettings;
  readonly #sessions = new Map<AccountId, Session>();
  readonly #aftermath = new Emitter<Aftermath>();

  /** Of any account: what has become known of a write after its result was told. */
  readonly onAftermath = this.#aftermath.event;

  constructor(store: Store, settings: SessionSettings) {
    this.#store = store;
    this.#settings = settings;
  }

  get all(): readonly Session[] {
    return [...this.#sessions.values()];
  }

  get(id: AccountId): Session | undefined {
    return this.#sessions.get(id);
  }

  /**
   * An account that is open already goes on with the new client. Resolves when the account's servers
   * have been fetched, or when that has failed.
   */
  async open(account: Account, client: Client, access: Partial<Access> = {}): Promise<void> {
    const known = this.#sessions.get(account.id);
    if (known !== undefined) {
      const fetched = known.replaceClient(client);
      known.learn(access);
      await fetched;
      return;
    }
    const session = new Session(this.#store, account, client, this.#settings);
    this.#sessions.set(account.id, session);
    session.onAftermath((aftermath) => this.#aftermath.fire(aftermath));
    session.learn(access);
    await session.refresh();
  }

  close(id: AccountId): void {
    this.#sessions.get(id)?.dispose();
    this.#sessions.delete(id);
  }

  /** The refresh interval may have changed. */
  reschedule(): void {
    for (const session of this.#sessions.values()) session.reschedule();
  }

  dispose(): void {
    for (const id of [...this.#sessions.keys()]) this.close(id);
    this.#aftermath.dispose();
  }
}
