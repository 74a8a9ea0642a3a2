import type { Clock } from "../clock.ts";
import type { AccessApp, AccessGroup, DnsRecord, ServiceToken, ZoneRecord } from "./access.ts";
import type { PortalRecord, ServerRecord } from "./records.ts";

/** One Cloudflare account. */
export interface Account {
  /** 32 hex digits. */
  readonly id: string;
  readonly name: string;
  readonly createdOn: string;
  readonly servers: Collection<ServerRecord>;
  readonly portals: Collection<PortalRecord>;
  readonly zones: Collection<ZoneRecord>;
  readonly dnsRecords: Collection<DnsRecord>;
  readonly apps: Collection<AccessApp>;
  readonly groups: Collection<AccessGroup>;
  readonly serviceTokens: Collection<ServiceToken>;
}

/** The data of all accounts. */
export class AccountStore {
  readonly accounts = new Map<string, Account>();
  readonly clock: Clock;
  /** Counts changes, so that the state file knows whether it is out of date. */
  version = 0;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  addAccount(id: string, name: string, createdOn = this.clock.iso()): Account {
    const account: Account = {
      id,
      name,
      createdOn,
      servers: new Collection(),
      portals: new Collection(),
      zones: new Collection(),
      dnsRecords: new Collection(),
      apps: new Collection(),
      groups: new Collection(),
      serviceTokens: new Collection(),
    };
    this.accounts.set(id, account);
    this.version += 1;
    return account;
  }

  putServer(account: Account, record: ServerRecord): void {
    account.servers.put(record);
    this.version += 1;
  }

  deleteServer(account: Account, id: string): void {
    account.servers.delete(id);
    this.version += 1;
  }

  putPortal(account: Account, record: PortalRecord): void {
    account.portals.put(record);
    this.version += 1;
  }

  /** Writes to a collection without rules of its own. */
  put<T extends Named>(collection: Collection<T>, record: T): void {
    collection.put(record);
    this.version += 1;
  }

  delete<T extends Named>(collection: Collection<T>, id: string): void {
    collection.delete(id);
    this.version += 1;
  }

  deletePortal(account: Account, id: string): void {
    account.portals.delete(id);
    this.version += 1;
  }
}

interface Named {
  readonly id: string;
  readonly name: string;
}

/** Records by id in the order of their creation. The list is kept until the next change. */
export class Collection<T extends Named> {
  readonly #records = new Map<string, T>();
  #list: readonly T[] | undefined;

  get(id: string): T | undefined {
    return this.#records.get(id);
  }

  put(record: T): void {
    this.#records.set(record.id, record);
    this.#list = undefined;
  }

  delete(id: string): void {
    this.#records.delete(id);
    this.#list = undefined;
  }

  list(): readonly T[] {
    this.#list ??= [...this.#records.values()];
    return this.#list;
  }
}
