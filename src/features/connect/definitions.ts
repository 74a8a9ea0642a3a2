import * as vscode from "vscode";
import { readJsonRecord } from "../../base/json.ts";
import { memoize } from "../../base/memo.ts";
import { connectionUrl } from "../../domain/portals/endpoint.ts";
import {
  type ConnectContext,
  type ConnectedPortal,
  type Offer,
  offersOf,
  type ServiceToken,
} from "./connectedPortals.ts";

/** What VS Code is offered of a window's connected portals. */
export const portalDefinitions = memoize((app: ConnectContext) => new PortalDefinitions(app));

class PortalDefinitions {
  readonly #app: ConnectContext;
  readonly #offered = new WeakMap<vscode.McpServerDefinition, ConnectedPortal>();
  readonly #starting = new vscode.EventEmitter<ConnectedPortal>();
  /** VS Code is about to connect to a portal. */
  readonly onWillStart = this.#starting.event;

  constructor(app: ConnectContext) {
    this.#app = app;
  }

  /** A portal without an address that may be asked is left out. */
  async provide(): Promise<vscode.McpHttpServerDefinition[]> {
    const offers = offersOf(this.#app, this.#app.connected);
    const all = await Promise.all(offers.map((offer) => this.#definitionOf(offer, offers)));
    return all.flat();
  }

  /** Adds the service token, when there is one, just before VS Code connects. */
  async resolve(
    definition: vscode.McpHttpServerDefinition,
  ): Promise<vscode.McpHttpServerDefinition> {
    const portal = this.#offered.get(definition);
    if (portal === undefined) {
      return definition;
    }
    this.#starting.fire(portal);
    this.#app.connected.started(portal);
    const stored = await this.#app.connected.tokenOf(portal);
    const token = stored === undefined ? undefined : parseToken(stored);
    if (token !== undefined) {
      definition.headers = {
        "CF-Access-Client-Id": token.clientId,
        "CF-Access-Client-Secret": token.clientSecret,
      };
    }
    return definition;
  }

  async #definitionOf(
    offer: Offer,
    offers: readonly Offer[],
  ): Promise<readonly vscode.McpHttpServerDefinition[]> {
    const [connected, portal] = offer;
    try {
      const session = this.#app.sessions.get(connected.accountId);
      const endpoint = await session?.surroundings.portalEndpoint(portal);
      if (endpoint === undefined) {
        return [];
      }
      const url = connectionUrl(endpoint, portal, connected.connection);
      const definition = new vscode.McpHttpServerDefinition(
        labelOf(offer, offers),
        vscode.Uri.parse(url.href, true),
        {},
        portal.modifiedAt,
      );
      this.#offered.set(definition, connected);
      return [definition];
    } catch (error) {
      this.#app.log.error(`${portal.name}: ${String(error)}`);
      return [];
    }
  }
}

/** The portal's name, by which VS Code finds a definition again, so no two have the same. */
export function labelOf([connected, portal]: Offer, offers: readonly Offer[]): string {
  const isShared = offers.some(
    ([other, { name }]) =>
      name === portal.name &&
      (other.accountId !== connected.accountId || other.portalId !== connected.portalId),
  );
  return isShared ? `${portal.name} (${portal.hostname})` : portal.name;
}

function parseToken(text: string): ServiceToken | undefined {
  const { clientId, clientSecret } = readJsonRecord(text) ?? {};
  return typeof clientId === "string" && typeof clientSecret === "string"
    ? { clientId, clientSecret }
    : undefined;
}
