import { randomUUID } from "node:crypto";
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import { NodeStreamableHTTPServerTransport, toNodeHandler } from "@modelcontextprotocol/node";
import { createMcpHandler } from "@modelcontextprotocol/server";
import type { Emulation } from "../emulation.ts";
import { type AccessApp, appOfPortal, dnsOf, letsIn, type Visitor } from "../state/access.ts";
import type { Account } from "../state/accounts.ts";
import type { PortalRecord } from "../state/records.ts";
import { type Answer, json, Refusal } from "../wire/answers.ts";
import { setBounded } from "../wire/bounded.ts";
import { readBody, readQuery, send, UNREAD_BODY } from "../wire/http.ts";
import { isRecord } from "../wire/json.ts";
import { PortalAuthorization, page, resourceMetadata, serverMetadata } from "./authorization.ts";
import { exposureOf } from "./exposure.ts";
import { portalServer, type Session, type Toggles, wayOf } from "./portalServer.ts";

const PORTALS = "/portals/";
const RESOURCE_METADATA = "/.well-known/oauth-protected-resource";
const SERVER_METADATA = "/.well-known/oauth-authorization-server";
/** Registrations and token requests come from strangers. Valid ones are small. */
const MAX_OAUTH_BYTES = 64 * 1024;
/** The most sessions. Above this the oldest one is ended. */
const MAX_SESSIONS = 200;
/** The most visitors whose toggles are remembered. */
const MAX_VISITORS = 1000;

interface Place {
  readonly account: Account;
  readonly portal: PortalRecord;
  /** The portal's address without `/mcp`, which is also its issuer. */
  readonly base: string;
  /** Relative to the portal's address: "/mcp", "/register" … */
  readonly path: string;
}

interface OpenSession {
  readonly transport: NodeStreamableHTTPServerTransport;
  readonly visitor: string;
}

/**
 * The URL of a portal's endpoint. It lies under the API's origin instead of `https://<host>/mcp`.
 */
export function portalUrl(origin: string, accountId: string, portalId: string): string {
  return `${origin}${PORTALS}${accountId}/${portalId}/mcp`;
}

/**
 * Real MCP endpoints for the portals of all accounts, with the parts of Access that matter to them.
 */
export class PortalEndpoint {
  readonly #emulation: Emulation;
  readonly #authorization: PortalAuthorization;
  readonly #sessions = new Map<string, OpenSession>();
  readonly #toggles = new Map<string, Toggles>();

  constructor(emulation: Emulation) {
    this.#emulation = emulation;
    this.#authorization = new PortalAuthorization(emulation.clock);
  }

  /** True for a path of a portal. */
  owns(path: string): boolean {
    return (
      path.startsWith(PORTALS) ||
      path.startsWith(`${RESOURCE_METADATA}${PORTALS}`) ||
      path.startsWith(`${SERVER_METADATA}${PORTALS}`)
    );
  }

  async handle(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    try {
      const answer = await this.#answer(request, response, url);
      if (answer) {
        send(response, answer);
      }
    } catch (error) {
      if (!(error instanceof Refusal)) {
        throw error;
      }
      send(response, error.answer);
    }
  }

  /** @returns undefined where the MCP server itself has answered */
  async #answer(
    request: IncomingMessage,
    response: ServerResponse,
    url: URL,
  ): Promise<Answer | undefined> {
    const prefix = [RESOURCE_METADATA, SERVER_METADATA].find((each) =>
      url.pathname.startsWith(each),
    );
    const origin = `http://${request.headers.host}`;
    const place = this.#place(url.pathname.slice(prefix?.length ?? 0), origin);
    if (!place) {
      return page(404, "There is no such portal");
    }
    const unreachable = this.#unreachable(place);
    if (unreachable) {
      return unreachable;
    }
    const app = appOfPortal(place.account, place.portal.hostname);
    if (!app) {
      return page(403, "No Access application protects this portal");
    }
    if (prefix === RESOURCE_METADATA) {
      return resourceMetadata(`${place.base}/mcp`, place.base);
    }
    if (prefix === SERVER_METADATA) {
      return serverMetadata(place.base);
    }
    if (place.path === "/mcp") {
      return await this.#mcp(request, response, url, place, app);
    }
    return await this.#oauth(request, response, url, place, app);
  }

  #place(path: string, origin: string): Place | undefined {
    const [, accountId = "", portalId = "", rest = ""] =
      /^\/portals\/([0-9a-f]{32})\/([a-z0-9_-]{1,32})(\/[a-z]*)?$/.exec(path) ?? [];
    const account = this.#emulation.store.accounts.get(accountId);
    const portal = account?.portals.get(portalId);
    const base = `${origin}${PORTALS}${accountId}/${portalId}`;
    return account && portal ? { account, portal, base, path: rest } : undefined;
  }

  /** The answer of Cloudflare's edge where the portal's host doesn't lead to the portal. */
  #unreachable({ account, portal }: Place): Answer | undefined {
    const dns = dnsOf(account, portal.hostname);
    if (dns === "right") {
      return undefined;
    }
    const { portalWithoutDns } = this.#emulation.controls.behaviours();
    return dns === "missing" && portalWithoutDns === "1016"
      ? page(530, "error code: 1016")
      : page(522, "error code: 522");
  }

  async #oauth(
    request: IncomingMessage,
    response: ServerResponse,
    url: URL,
    { account, base, path, portal }: Place,
    app: AccessApp,
  ): Promise<Answer> {
    switch (`${request.method} ${path}`) {
      case "GET ":
      case "GET /":
        return page(200, "MCP server portal");
      case "POST /register": {
        const { parsed } = await readBody(request, response, MAX_OAUTH_BYTES);
        return this.#authorization.register(base, app, parsed);
      }
      case "GET /authorize":
        return this.#authorization.authorize(
          base,
          (visitor) => letsIn(account, app, visitor),
          readQuery(url),
        );
      case "POST /token": {
        const { logged } = await readBody(request, response, MAX_OAUTH_BYTES);
        return this.#authorization.token(base, typeof logged === "string" ? logged : "");
      }
      default:
        return page(404, `${portal.id} has no such page`);
    }
  }

  async #mcp(
    request: IncomingMessage,
    response: ServerResponse,
    url: URL,
    place: Place,
    app: AccessApp,
  ): Promise<Answer | undefined> {
    const visitor = this.#visitor(request.headers, place);
    if (!visitor) {
      return unauthorized(place.base);
    }
    if (!letsIn(place.account, app, visitor)) {
      return json(403, { error: "access_denied" });
    }
    const isPost = request.method === "POST";
    const { parsed } = isPost ? await readBody(request, response) : UNREAD_BODY;
    const key = `${place.base} ${JSON.stringify(visitor)}`;
    const known = request.headers["mcp-session-id"];
    if (typeof known === "string") {
      const session = this.#sessions.get(known);
      if (session?.visitor !== key) {
        return json(404, rpcError(-32001, "Session not found"));
      }
      await session.transport.handleRequest(request, response, isPost ? parsed : undefined);
      return undefined;
    }
    const session = this.#session(place, visitor, key, url);
    if (isPost && isRecord(parsed) && parsed["method"] === "initialize") {
      const transport = this.#openSession(key);
      await portalServer(session).connect(transport);
      await transport.handleRequest(request, response, parsed);
      return undefined;
    }
    const { method = "GET", url: target = "/" } = request;
    const handler = toNodeHandler(createMcpHandler(() => portalServer(session)));
    await handler(
      Object.assign(request, { method, url: target }),
      response,
      isPost ? parsed : undefined,
    );
    return undefined;
  }

  #session({ account, portal }: Place, visitor: Visitor, key: string, url: URL): Session {
    const emulation = this.#emulation;
    const exposure = exposureOf(account, portal, visitor, emulation.controls);
    const way = wayOf(portal, url.searchParams);
    const toggledOff = this.#toggles.get(key) ?? this.#firstToggles(exposure.servers, visitor);
    setBounded(this.#toggles, key, toggledOff, MAX_VISITORS);
    return { emulation, account, portal, exposure, way, toggledOff };
  }

  /** A service token's session has been seen to list tools at once. For users this is unknown. */
  #firstToggles(servers: readonly { readonly id: string }[], visitor: Visitor): Toggles {
    const { freshUserTools } = this.#emulation.controls.behaviours();
    const isEmpty = visitor.kind === "user" && freshUserTools === "native";
    return new Set(isEmpty ? servers.map(({ id }) => id) : []);
  }

  #openSession(visitor: string): NodeStreamableHTTPServerTransport {
    const transport = new NodeStreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      onsessioninitialized: (id) => {
        this.#sessions.set(id, { transport, visitor });
        this.#endOldest();
      },
      onsessionclosed: (id) => {
        this.#sessions.delete(id);
      },
    });
    return transport;
  }

  #endOldest(): void {
    for (const [id, { transport }] of this.#sessions) {
      if (this.#sessions.size <= MAX_SESSIONS) {
        break;
      }
      this.#sessions.delete(id);
      transport.close().catch(() => undefined);
    }
  }

  #visitor(headers: IncomingHttpHeaders, { account, base }: Place): Visitor | undefined {
    const id = headers["cf-access-client-id"];
    const secret = headers["cf-access-client-secret"];
    if (typeof id === "string" && typeof secret === "string") {
      const token = account.serviceTokens.list().find((each) => each.client_id === id);
      return token?.client_secret === secret ? { kind: "service", tokenId: token.id } : undefined;
    }
    const bearer = /^Bearer (\S+)$/i.exec(headers.authorization ?? "")?.[1];
    return bearer === undefined ? undefined : this.#authorization.visitor(base, bearer);
  }
}

/** The answer to a request without a credential. It leads to the sign-in. Source: RFC 9728. */
function unauthorized(base: string): Answer {
  const { origin, pathname } = new URL(base);
  const metadata = `${origin}${RESOURCE_METADATA}${pathname}/mcp`;
  const challenge = `Bearer error="invalid_token", resource_metadata="${metadata}"`;
  return { ...json(401, { error: "invalid_token" }), headers: { "www-authenticate": challenge } };
}

function rpcError(code: number, message: string) {
  return { jsonrpc: "2.0", error: { code, message }, id: null };
}
