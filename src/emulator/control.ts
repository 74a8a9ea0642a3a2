import type { Emulation } from "./emulation.ts";
import { newToken, type Token, type TokenWishes } from "./identity.ts";
import type { LoggedRequest } from "./requestLog.ts";
import type { Tenant } from "./state/accounts.ts";
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
    const tenant = this.#tenant(write.account);
    if (write.server !== undefined) this.#writeServer(tenant, write.server, write);
    if (write.portal !== undefined) this.#writePortal(tenant, write.portal, write);
  }

  /** Moves the emulator's clock; what becomes due starts. */
  advance(ms: number): void {
    this.#emulation.clock.advance(ms);
  }

  /** Syncs every server of every account as the background sync does; resolves when all have ended. */
  async backgroundSync(): Promise<void> {
    const { tenants } = this.#emulation.world;
    const all = [...tenants.values()].flatMap((tenant) =>
      tenant.servers.list().map(({ id }) => ({ tenant, id })),
    );
    await inTurns(all, 8, ({ tenant, id }) => syncServer(this.#emulation, tenant, id));
  }

  addToken(name: string, wishes: TokenWishes = {}): Token {
    this.#emulation.world.version += 1;
    return this.#emulation.identities.add(newToken(name, wishes));
  }

  /** @param id 32 hex digits */
  addAccount(id: string, name: string): void {
    this.#emulation.world.addTenant(id, name);
  }

  /** Everything that is stored, credentials of upstreams included. */
  state() {
    return [...this.#emulation.world.tenants.values()].map((tenant) => ({
      id: tenant.id,
      name: tenant.name,
      servers: tenant.servers.list(),
      portals: tenant.portals.list(),
    }));
  }

  #tenant(id: string | undefined): Tenant {
    const { tenants } = this.#emulation.world;
    const tenant = id === undefined ? [...tenants.values()][0] : tenants.get(id);
    if (!tenant) throw new Error(`There is no account ${id}`);
    return tenant;
  }

  #writeServer(tenant: Tenant, id: string, write: Write): void {
    const { world } = this.#emulation;
    if (write.delete) world.deleteServer(tenant, id);
    else {
      const merged = { ...tenant.servers.get(id), ...write.patch, id };
      world.putServer(tenant, serverRecordSchema.parse(merged));
    }
  }

  #writePortal(tenant: Tenant, id: string, write: Write): void {
    const { world } = this.#emulation;
    if (write.delete) world.deletePortal(tenant, id);
    else {
      const merged = { ...tenant.portals.get(id), ...write.patch, id };
      world.putPortal(tenant, portalRecordSchema.parse(merged));
    }
  }
}

/** Runs `work` over all items, `width` at a time. */
export async function inTurns<T>(
  items: readonly T[],
  width: number,
  work: (item: T) => Promise<unknown>,
): Promise<void> {
  const queue = items.values();
  const worker = async () => {
    for (const item of queue) await work(item);
  };
  await Promise.all(Array.from({ length: width }, worker));
}
