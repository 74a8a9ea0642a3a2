import * as vscode from "vscode";
import { isRecord } from "../../base/json.ts";
import { CONNECTIONS, type Connection } from "../../domain/portals/endpoint.ts";
import type { Portal } from "../../domain/portals/portal.ts";
import { findPortal } from "../../engine/state.ts";
import type { PortalAddress } from "../../target.ts";
import type { AppContext } from "../app.ts";

/** A portal that is offered to VS Code as an MCP server. */
export interface ConnectedPortal extends PortalAddress {
  readonly connection: Connection;
}

/** A service token of Cloudflare Access, which signs in in place of a person. */
export interface ServiceToken {
  readonly clientId: string;
  readonly clientSecret: string;
}

export type ConnectContext = AppContext & { readonly connected: ConnectedPortals };

const KEY = "connectedPortals";
const SECRET_PREFIX = "mcpPortals.connection.";

/** The portals that VS Code is connected to, in every window. Service tokens are in SecretStorage. */
export class ConnectedPortals {
  readonly #memento: vscode.Memento;
  readonly #secrets: vscode.SecretStorage;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  /** When this window's session with a portal began. */
  readonly #started = new Map<string, number>();

  constructor({ globalState, secrets }: vscode.ExtensionContext) {
    this.#memento = globalState;
    this.#secrets = secrets;
  }

  get all(): readonly ConnectedPortal[] {
    const kept = this.#memento.get<unknown>(KEY);
    return Array.isArray(kept) ? kept.filter(isConnectedPortal) : [];
  }

  /** Replaces an earlier connection to the same portal, and its service token. */
  async connect(portal: ConnectedPortal, token: ServiceToken | undefined): Promise<void> {
    const key = secretKey(portal);
    await (token === undefined
      ? this.#secrets.delete(key)
      : this.#secrets.store(key, JSON.stringify(token)));
    await this.#replace(portal, [portal]);
  }

  /** VS Code begins a session with a portal in this window. */
  started(address: PortalAddress): void {
    this.#started.set(secretKey(address), Date.now());
  }

  /** Milliseconds since 1970; undefined where this window has had no session with the portal. */
  startedAt(address: PortalAddress): number | undefined {
    return this.#started.get(secretKey(address));
  }

  async disconnect(address: PortalAddress): Promise<void> {
    this.#started.delete(secretKey(address));
    await this.#secrets.delete(secretKey(address));
    await this.#replace(address, []);
  }

  /** Disconnects all portals of an account. */
  async forget(accountId: string): Promise<void> {
    for (const each of this.all) {
      if (each.accountId === accountId) {
        await this.disconnect(each);
      }
    }
  }

  /** The service token as stored. */
  async tokenOf(address: PortalAddress): Promise<string | undefined> {
    return this.#secrets.get(secretKey(address));
  }

  dispose(): void {
    this.#changed.dispose();
  }

  async #replace(address: PortalAddress, by: readonly ConnectedPortal[]): Promise<void> {
    await this.#memento.update(KEY, [...this.all.filter((each) => !isSame(each, address)), ...by]);
    this.#changed.fire();
  }
}

/** A connected portal, with what is known of it. */
export type Offer = readonly [ConnectedPortal, Portal];

/** Those of accounts that are signed in. */
export function offersOf({ store }: AppContext, { all }: ConnectedPortals): readonly Offer[] {
  return all.flatMap((each) => {
    const portal = findPortal(store.state, each)?.optimistic;
    return portal === undefined ? [] : [[each, portal] as const];
  });
}

export function isSame(one: PortalAddress, other: PortalAddress): boolean {
  return one.accountId === other.accountId && one.portalId === other.portalId;
}

function secretKey({ accountId, portalId }: PortalAddress): string {
  return `${SECRET_PREFIX}${accountId}/${portalId}`;
}

function isConnectedPortal(value: unknown): value is ConnectedPortal {
  return (
    isRecord(value) &&
    typeof value["accountId"] === "string" &&
    typeof value["portalId"] === "string" &&
    CONNECTIONS.some((connection) => connection === value["connection"])
  );
}
