import { createHash, randomBytes } from "node:crypto";
import * as z from "zod";
import type { Clock } from "../clock.ts";
import { type AccessApp, mayRegister, type Visitor } from "../state/access.ts";
import { type Answer, json } from "../wire/answers.ts";
import { setBounded } from "../wire/bounded.ts";

const CODE_MS = 60_000;
const ACCESS_MS = 3_600_000;
/**
 * The most entries of a kind. Strangers may register any number of clients, so the oldest entry is
 * dropped.
 */
const MAX_ENTRIES = 1000;

/** The user who signs in where the client names none. */
export const DEMO_USER = "user@harborlane.example";

interface RegisteredClient {
  readonly portal: string;
  readonly redirectUris: readonly string[];
}

interface Code {
  readonly portal: string;
  readonly clientId: string;
  readonly redirectUri: string;
  readonly challenge: string;
  readonly email: string;
  readonly expiresAt: number;
}

interface Grant {
  readonly portal: string;
  readonly clientId: string;
  readonly email: string;
  readonly expiresAt: number;
}

const registrationSchema = z.object({
  redirect_uris: z.array(z.string().max(2000)).min(1).max(20),
  client_name: z.string().max(350).optional(),
});

/**
 * The OAuth server of Access in front of the portals, with dynamic registration, PKCE and refresh
 * tokens. It asks for no password: the user is `login_hint`, or the demo's user.
 */
export class PortalAuthorization {
  readonly #clock: Clock;
  readonly #clients = new Map<string, RegisteredClient>();
  readonly #codes = new Map<string, Code>();
  readonly #access = new Map<string, Grant>();
  readonly #refresh = new Map<string, Grant>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The visitor of a bearer token. @param portal the portal's address */
  visitor(portal: string, accessToken: string): Visitor | undefined {
    const grant = this.#access.get(accessToken);
    if (grant?.portal !== portal || grant.expiresAt <= this.#clock.now()) {
      return undefined;
    }
    return { kind: "user", email: grant.email };
  }

  /** Dynamic registration. Access allows only redirect URIs that the application allows. */
  register(portal: string, app: AccessApp, body: unknown): Answer {
    const parsed = registrationSchema.safeParse(body);
    if (!parsed.success) {
      return oauthError(400, "invalid_client_metadata", z.prettifyError(parsed.error));
    }
    const { redirect_uris, client_name } = parsed.data;
    const refused = redirect_uris.find((uri) => !mayRegister(app, uri));
    if (refused !== undefined) {
      return oauthError(400, "invalid_redirect_uri", `${refused} is not allowed`);
    }
    const clientId = secret();
    const client = { portal, redirectUris: redirect_uris };
    setBounded(this.#clients, clientId, client, MAX_ENTRIES);
    return json(201, {
      client_id: clientId,
      client_name,
      redirect_uris,
      grant_types: ["authorization_code", "refresh_token"],
      response_types: ["code"],
      token_endpoint_auth_method: "none",
    });
  }

  /** The sign-in page. It signs in at once whom the portal's application lets in. */
  authorize(
    portal: string,
    mayEnter: (visitor: Visitor) => boolean,
    query: Readonly<Record<string, string>>,
  ): Answer {
    const { client_id = "", redirect_uri = "", code_challenge = "", state } = query;
    const client = this.#clients.get(client_id);
    if (client?.portal !== portal || !client.redirectUris.some((uri) => suits(uri, redirect_uri))) {
      return oauthError(400, "invalid_request", "Unknown client or redirect URI");
    }
    const isPkce = query["code_challenge_method"] === "S256" && code_challenge !== "";
    if (query["response_type"] !== "code" || !isPkce) {
      return redirect(redirect_uri, { error: "invalid_request", state });
    }
    const email = query["login_hint"] ?? DEMO_USER;
    if (!mayEnter({ kind: "user", email })) {
      return page(403, "That account does not have access.");
    }
    const code = secret();
    const pending = {
      portal,
      clientId: client_id,
      redirectUri: redirect_uri,
      challenge: code_challenge,
      email,
      expiresAt: this.#clock.now() + CODE_MS,
    };
    setBounded(this.#codes, code, pending, MAX_ENTRIES);
    return redirect(redirect_uri, { code, state });
  }

  /** @param body form-encoded */
  token(portal: string, body: string): Answer {
    const form = new URLSearchParams(body);
    const clientId = form.get("client_id") ?? "";
    switch (form.get("grant_type")) {
      case "authorization_code":
        return this.#exchangeCode(portal, clientId, form);
      case "refresh_token":
        return this.#refreshGrant(portal, clientId, form.get("refresh_token") ?? "");
      default:
        return oauthError(400, "unsupported_grant_type");
    }
  }

  #exchangeCode(portal: string, clientId: string, form: URLSearchParams): Answer {
    const name = form.get("code") ?? "";
    const code = this.#codes.get(name);
    this.#codes.delete(name);
    const verifier = form.get("code_verifier") ?? "";
    const challenge = createHash("sha256").update(verifier).digest("base64url");
    const isRight =
      code?.portal === portal &&
      code.clientId === clientId &&
      code.redirectUri === form.get("redirect_uri") &&
      code.challenge === challenge &&
      code.expiresAt > this.#clock.now();
    return isRight ? this.#grant(portal, clientId, code.email) : oauthError(400, "invalid_grant");
  }

  #refreshGrant(portal: string, clientId: string, token: string): Answer {
    const grant = this.#refresh.get(token);
    if (grant?.portal !== portal || grant.clientId !== clientId) {
      return oauthError(400, "invalid_grant");
    }
    this.#refresh.delete(token);
    return this.#grant(portal, clientId, grant.email);
  }

  #grant(portal: string, clientId: string, email: string): Answer {
    const grant = { portal, clientId, email, expiresAt: this.#clock.now() + ACCESS_MS };
    const accessToken = secret();
    const refreshToken = secret();
    setBounded(this.#access, accessToken, grant, MAX_ENTRIES);
    setBounded(this.#refresh, refreshToken, grant, MAX_ENTRIES);
    const answer = {
      access_token: accessToken,
      refresh_token: refreshToken,
      token_type: "Bearer",
      expires_in: ACCESS_MS / 1000,
    };
    return { ...json(200, answer), headers: { "cache-control": "no-store" } };
  }
}

/**
 * The metadata with which a client finds the authorization server of a resource. Source: RFC 9728.
 */
export function resourceMetadata(resource: string, issuer: string): Answer {
  return json(200, {
    resource,
    authorization_servers: [issuer],
    bearer_methods_supported: ["header"],
  });
}

/** The metadata of the authorization server. Source: RFC 8414. */
export function serverMetadata(issuer: string): Answer {
  return json(200, {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    registration_endpoint: `${issuer}/register`,
    response_types_supported: ["code"],
    grant_types_supported: ["authorization_code", "refresh_token"],
    code_challenge_methods_supported: ["S256"],
    token_endpoint_auth_methods_supported: ["none"],
  });
}

/** A plain page like those of Access and Cloudflare's edge. */
export function page(status: number, text: string): Answer {
  const body = `<!doctype html><html><head><title>${text}</title></head><body><h1>${text}</h1></body></html>`;
  return { status, headers: { "content-type": "text/html; charset=utf-8" }, body };
}

/** A loopback URI may have another port. Source: RFC 8252, section 7.3. */
function suits(registered: string, asked: string): boolean {
  const [known, wanted] = [URL.parse(registered), URL.parse(asked)];
  if (known === null || wanted === null) {
    return registered === asked;
  }
  const isLoopback = known.hostname === "127.0.0.1" || known.hostname === "[::1]";
  if (isLoopback) {
    wanted.port = known.port;
  }
  return known.href === wanted.href;
}

function redirect(uri: string, params: Readonly<Record<string, string | undefined>>): Answer {
  const url = new URL(uri);
  for (const [name, value] of Object.entries(params)) {
    if (value !== undefined) {
      url.searchParams.set(name, value);
    }
  }
  return { status: 302, headers: { location: url.href }, body: "" };
}

function oauthError(status: number, error: string, errorDescription?: string): Answer {
  return json(status, { error, error_description: errorDescription });
}

function secret(): string {
  return randomBytes(32).toString("base64url");
}
