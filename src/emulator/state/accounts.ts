import type { Clock } from "../clock.ts";
import type { PortalRecord, ServerRecord } from "./records.ts";

/** One Cloudflare account. */
export interface Tenant {
  /** 32 hex digits. */
  readonly id: string;
  readonly name: string;
  readonly createdOn: string;
  readonly servers: Shelf<ServerRecord>;
  readonly portals: Shelf<PortalRecord>;
}

/** Everything that the emulator remembers about accounts, servers and portals. */
export class World {
  readonly tenants = new Map<string, Tenant>();
  readonly clock: Clock;
  /** Counts changes; the state file uses it to know whether it is behind. */
  version = 0;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  addTenant(id: string, name: string, createdOn = this.clock.iso()): Tenant {
    const tenant: Tenant = { id, name, createdOn, servers: new Shelf(), portals: new Shelf() };
    this.tenants.set(id, tenant);
    this.version += 1;
    return tenant;
  }

  putServer(tenant: Tenant, record: ServerRecord): void {
    tenant.servers.put(record);
    this.version += 1;
  }

  deleteServer(tenant: Tenant, id: string): void {
    tenant.servers.delete(id);
    this.version += 1;
  }

  putPortal(tenant: Tenant, record: PortalRecord): void {
    tenant.portals.put(record);
    this.version += 1;
  }

  deletePortal(tenant: Tenant, id: string): void {
    tenant.portals.delete(id);
    this.version += 1;
  }
}

/** Records by id in the order of their creation, with the list kept until the next change. */
export class Shelf<T extends { readonly id: string; readonly name: string }> {
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
