import type { Emulation } from "./emulation.ts";
import { newToken, type Token, type TokenOptions } from "./identity.ts";
import type { LoggedRequest } from "./requestLog.ts";
import type { Account } from "./state/accounts.ts";
import { portalRecordSchema, serverRecordSchema } from "./state/records.ts";
import type { SwitchChange, Write } from "./switches/schemas.ts";
import { syncServer } from "./sync/syncServer.ts";

/** What a test does to an emulator from outside of the API. */
export class Control {
  readonly #emulation: Emulation;

  constructor(emulation: Emulation) {
    this.#emulation = emulation;
  }

  /** Every API request since the start or the last `clearLog`, in the order of arrival. */
  log(): readonly LoggedRequest[] {
    return this.#emulation.log.entries();
  }

  clearLog(): void {
    this.#emulation.log.clear();
  }

  /** Sets what is given; faults and interventions are added to those that there are. */
  switches(change: SwitchChange): void {
    this.#emulation.controls.change(change);
  }

  resetSwitches(): void {
    this.#emulation.controls.reset();
  }

  /** Writes as somebody else does, now. A record is taken as it is: nothing is validated but its shape. */
  write(write: Write): void {
    const account = this.#account(write.account);
    if (write.server !== undefined) {
      this.#writeServer(account, write.server, write);
    }
    if (write.portal !== undefined) {
      this.#writePortal(account, write.portal, write);
    }
  }

  /** Moves the emulator's clock; what becomes due starts. */
  advance(ms: number): void {
    this.#emulation.clock.advance(ms);
  }

  /** Syncs every server of every account as the background sync does; resolves when all have ended. */
  async backgroundSync(): Promise<void> {
    const { accounts } = this.#emulation.store;
    const all = [...accounts.values()].flatMap((account) =>
      account.servers.list().map(({ id }) => ({ account, id })),
    );
    await forEachConcurrent(all, 8, ({ account, id }) => syncServer(this.#emulation, account, id));
  }

  addToken(name: string, options: TokenOptions = {}): Token {
    this.#emulation.store.version += 1;
    return this.#emulation.identities.add(newToken(name, options));
  }

  /** @param id 32 hex digits */
  addAccount(id: string, name: string): void {
    this.#emulation.store.addAccount(id, name);
  }

  /** Everything that is stored, credentials of upstreams included. */
  state() {
    return [...this.#emulation.store.accounts.values()].map((account) => ({
      id: account.id,
      name: account.name,
      servers: account.servers.list(),
      portals: account.portals.list(),
    }));
  }

  #account(id: string | undefined): Account {
    const { accounts } = this.#emulation.store;
    const account = id === undefined ? [...accounts.values()][0] : accounts.get(id);
    if (!account) {
      throw new Error(`There is no account ${id}`);
    }
    return account;
  }

  #writeServer(account: Account, id: string, write: Write): void {
    const { store } = this.#emulation;
    if (write.delete) {
      store.deleteServer(account, id);
    } else {
      const merged = { ...account.servers.get(id), ...write.patch, id };
      store.putServer(account, serverRecordSchema.parse(merged));
    }
  }

  #writePortal(account: Account, id: string, write: Write): void {
    const { store } = this.#emulation;
    if (write.delete) {
      store.deletePortal(account, id);
    } else {
      const merged = { ...account.portals.get(id), ...write.patch, id };
      store.putPortal(account, portalRecordSchema.parse(merged));
    }
  }
}

/** Runs `work` over all items, `width` at a time. */
export async function forEachConcurrent<T>(
  items: readonly T[],
  width: number,
  work: (item: T) => Promise<unknown>,
): Promise<void> {
  const queue = items.values();
  const worker = async () => {
    for (const item of queue) {
      await work(item);
    }
  };
  await Promise.all(Array.from({ length: width }, worker));
}
