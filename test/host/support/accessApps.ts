import { ok } from "node:assert/strict";
import type { Emulator } from "../../harness/emulator.ts";
import { callApi } from "./callApi.ts";

/** An Access application as the API answers it. */
export interface App {
  readonly id: string;
  readonly name: string;
  readonly type: string;
}

/** The Access applications of a suite's account, changed as in the dashboard. */
export class AccessApps {
  readonly #emulator: () => Emulator;

  constructor(emulator: () => Emulator) {
    this.#emulator = emulator;
  }

  async of(type: "mcp" | "mcp_portal", name: string): Promise<App> {
    const apps = (await this.#call("GET", "")) as readonly App[];
    const found = apps.find((app) => app.type === type && app.name === name);
    ok(found !== undefined);
    return found;
  }

  /** Lets the demo's people see a server. */
  async allow(server: string): Promise<void> {
    const { id } = await this.of("mcp", server);
    await this.addPolicy(id, "allow", { email_domain: { domain: "harborlane.example" } });
  }

  async addPolicy(id: string, decision: string, include: object): Promise<void> {
    await this.#call("POST", `/${id}/policies`, { name: "Policy", decision, include: [include] });
  }

  async update(app: App, change: object): Promise<void> {
    await this.#call("PUT", `/${app.id}`, { ...app, ...change });
  }

  async delete({ id }: App): Promise<void> {
    await this.#call("DELETE", `/${id}`);
  }

  #call(method: string, path: string, body?: unknown): Promise<unknown> {
    const emulator = this.#emulator();
    return callApi(emulator, method, `/accounts/${emulator.accountId}/access/apps${path}`, body);
  }
}

/** Deletes the DNS record of a host. */
export async function deleteDnsRecord(emulator: Emulator, host: string): Promise<void> {
  const [zone] = (await callApi(emulator, "GET", "/zones")) as readonly { readonly id: string }[];
  const path = `/zones/${zone?.id}/dns_records`;
  const records = (await callApi(emulator, "GET", path)) as readonly {
    readonly id: string;
    readonly name: string;
  }[];
  const record = records.find(({ name }) => name === host);
  ok(record !== undefined);
  await callApi(emulator, "DELETE", `${path}/${record.id}`);
}
