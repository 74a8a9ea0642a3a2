import type * as vscode from "vscode";
import { catalogueOf } from "../../model/catalogue.ts";
import type { Accepted } from "../../model/checks/rule.ts";
import { acceptedOf, acceptOne } from "../../model/checks/security/annotationChanged.ts";
import type { Server } from "../../model/server.ts";

/** As it's kept: by server, by tool, `readOnlyHint` and `destructiveHint`. */
type Kept = Record<string, readonly (readonly [string, boolean | null, boolean | null])[]>;

/** The hints of each tool as an administrator accepted them last; what is new is accepted as it is. */
export class AcceptedHintsStore {
  readonly #memento: vscode.Memento;
  readonly #accounts = new Map<string, Map<string, Accepted>>();
  readonly #unsaved = new Set<string>();
  readonly #seen = new WeakSet<Server>();

  constructor(memento: vscode.Memento) {
    this.#memento = memento;
  }

  of(accountId: string, serverId: string): Accepted | undefined {
    return this.#account(accountId).get(serverId);
  }

  /** Takes note of tools that weren't there before. Many servers are learnt at once: `save` follows. */
  learn(accountId: string, server: Server): void {
    if (this.#seen.has(server)) return;
    this.#seen.add(server);
    const known = this.of(accountId, server.id);
    const now = acceptedOf(server);
    const added = [...now].filter(([name]) => known?.has(name) !== true);
    if (added.length > 0) this.#set(accountId, server.id, new Map([...(known ?? []), ...added]));
  }

  accept(accountId: string, server: Server, name: string): void {
    const shown = catalogueOf(server).find("tool", name);
    const known = this.of(accountId, server.id);
    if (shown === undefined || known === undefined) return;
    this.#set(accountId, server.id, acceptOne(known, shown));
    this.save(accountId);
  }

  /** Writes the whole account: not to be asked for after each of many servers. */
  save(accountId: string): void {
    if (!this.#unsaved.delete(accountId)) return;
    const kept: Kept = Object.fromEntries(
      [...this.#account(accountId)].map(([id, accepted]) => [id, keptOf(accepted)]),
    );
    void this.#memento.update(keyOf(accountId), kept);
  }

  saveAll(): void {
    for (const accountId of [...this.#unsaved]) this.save(accountId);
  }

  /** Nothing is kept of an account that was signed out. */
  forget(accountId: string): void {
    this.#accounts.delete(accountId);
    this.#unsaved.delete(accountId);
    void this.#memento.update(keyOf(accountId), undefined);
  }

  #set(accountId: string, serverId: string, accepted: Accepted): void {
    this.#account(accountId).set(serverId, accepted);
    this.#unsaved.add(accountId);
  }

  #account(accountId: string): Map<string, Accepted> {
    const known = this.#accounts.get(accountId);
    if (known !== undefined) return known;
    const kept = this.#memento.get<Kept>(keyOf(accountId)) ?? {};
    const made = new Map(Object.entries(kept).map(([id, tools]) => [id, readKept(tools)]));
    this.#accounts.set(accountId, made);
    return made;
  }
}

function keptOf(accepted: Accepted): Kept[string] {
  return [...accepted].map(([name, { readOnly, destructive }]) => [
    name,
    readOnly ?? null,
    destructive ?? null,
  ]);
}

function readKept(tools: Kept[string]): Accepted {
  return new Map(
    tools.map(([name, readOnly, destructive]) => [
      name,
      { readOnly: readOnly ?? undefined, destructive: destructive ?? undefined },
    ]),
  );
}

function keyOf(accountId: string): string {
  return `mcpPortals.acceptedHints.${accountId}`;
}
