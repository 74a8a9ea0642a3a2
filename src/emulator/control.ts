import type { Emulation } from "./emulation.ts";
import { newToken, STANDARD_TOKENS, type Token, type TokenOptions } from "./identity.ts";
import { portalUrl } from "./portal/endpoint.ts";
import type { LoggedRequest } from "./requestLog.ts";
import type { Account } from "./state/accounts.ts";
import { portalRecordSchema, serverRecordSchema } from "./state/records.ts";
import type { SwitchChange, Write } from "./switches/schemas.ts";
import { captureCatalogue, syncServer } from "./sync/syncServer.ts";

const MAX_TOKENS = 10_000;
const MAX_ACCOUNTS = 1000;

/** Controls an emulator outside of the API, for tests. */
export class Control {
  readonly #emulation: Emulation;

  constructor(emulation: Emulation) {
    this.#emulation = emulation;
  }

  /** All API requests since the start or the last `clearLog`, in the order of arrival. */
  log(): readonly LoggedRequest[] {
    return this.#emulation.log.entries();
  }

  clearLog(): void {
    this.#emulation.log.clear();
  }

  /** Sets the given switches. Adds faults and interventions to the existing ones. */
  switches(change: SwitchChange): void {
    this.#emulation.controls.change(change);
  }

  resetSwitches(): void {
    this.#emulation.controls.reset();
  }

  /** Writes at once, as another administrator would. Checks only the shape of a record. */
  write(write: Write): void {
    const account = this.#account(write.account);
    if (write.server !== undefined) {
      this.#writeServer(account, write.server, write);
    }
    if (write.portal !== undefined) {
      this.#writePortal(account, write.portal, write);
    }
  }

  /** Moves the emulator's clock forward and runs what is due. */
  advance(ms: number): void {
    this.#emulation.clock.advance(ms);
  }

  /**
   * Syncs every server of every account, like the background sync. Resolves when all have ended.
   */
  async backgroundSync(): Promise<void> {
    const { accounts } = this.#emulation.store;
    const all = [...accounts.values()].flatMap((account) =>
      account.servers.list().map(({ id }) => ({ account, id })),
    );
    await forEachConcurrent(all, 8, ({ account, id }) => syncServer(this.#emulation, account, id));
  }

  /**
   * Signs a user in to a server with manual OAuth, through a portal. The first sign-in captures the
   * catalogue.
   * @param accessToken the token that the upstream gave the user
   */
  async authorizeUser(server: string, accessToken: string, account?: string): Promise<void> {
    await captureCatalogue(this.#emulation, this.#account(account), server, accessToken);
  }

  /**
   * Adds a token, or changes the one with the same secret.
   * @throws Error where it would change a token that the emulator itself hands out, because nobody
   *   could use these controls then
   */
  addToken(name: string, options: TokenOptions = {}): Token {
    const { identities, store } = this.#emulation;
    const token = newToken(name, options);
    this.#checkNotStandard(token);
    if (identities.tokens.size >= MAX_TOKENS) {
      throw new RangeError(`There are ${MAX_TOKENS} tokens already`);
    }
    store.version += 1;
    return identities.add(token);
  }

  /** @throws Error where the token is unknown, or where the emulator itself hands it out */
  revokeToken(secret: string): void {
    const { identities, store } = this.#emulation;
    const token = identities.tokens.get(secret);
    if (!token) {
      throw new Error("There is no such token");
    }
    this.#checkNotStandard(token);
    identities.revoke(secret);
    store.version += 1;
  }

  /**
   * @param id 32 hex digits
   * @throws Error where the account exists, because it would be emptied
   */
  addAccount(id: string, name: string): void {
    const { store } = this.#emulation;
    if (store.accounts.has(id) || store.accounts.size >= MAX_ACCOUNTS) {
      throw new Error(`The account ${id} exists, or there are ${MAX_ACCOUNTS} already`);
    }
    store.addAccount(id, name);
  }

  /**
   * The URLs of an account's portals by their ids.
   * @param origin of the API, such as "http://127.0.0.1:8787"
   */
  portals(origin: string, account?: string): Readonly<Record<string, string>> {
    const { id, portals } = this.#account(account);
    const urls = portals.list().map((portal) => [portal.id, portalUrl(origin, id, portal.id)]);
    return Object.fromEntries(urls);
  }

  /** All stored data, including credentials of upstreams. */
  state() {
    return [...this.#emulation.store.accounts.values()].map((account) => ({
      id: account.id,
      name: account.name,
      servers: account.servers.list(),
      portals: account.portals.list(),
      zones: account.zones.list(),
      dnsRecords: account.dnsRecords.list(),
      apps: account.apps.list(),
      groups: account.groups.list(),
      serviceTokens: account.serviceTokens.list(),
    }));
  }

  #checkNotStandard({ name, secret }: Token): void {
    const known = this.#emulation.identities.tokens.get(secret);
    if (STANDARD_TOKENS.has(name) || (known && STANDARD_TOKENS.has(known.name))) {
      throw new Error(`The token "${known?.name ?? name}" is the emulator's own`);
    }
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

/** Runs `work` for all items, at most `width` at a time. */
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
