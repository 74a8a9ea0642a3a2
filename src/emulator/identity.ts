import { randomBytes } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import * as z from "zod";
import type { CredentialKind } from "./requestLog.ts";
import { type ApiProblem, generalError, Refusal } from "./wire/answers.ts";

/**
 * Permissions other than those for MCP portals. An edit permission includes the read permission.
 */
const grantSchema = z.enum([
  "zone:read",
  "dns:read",
  "dns:edit",
  "access:read",
  "access:edit",
  "groups:read",
]);
export type Grant = z.infer<typeof grantSchema>;

/** The permission that an endpoint requires. "read" and "write" are those for MCP portals. */
export type Permission = "read" | "write" | Grant;

export const tokenSchema = z.object({
  /** In the form that the gateway accepts in an Authorization header. */
  secret: z.string().regex(/^[\w.-]{40,400}$/),
  id: z.string().max(100),
  /** Shown in the request log in place of the secret. */
  name: z.string().max(350),
  owner: z.enum(["user", "account"]),
  permission: z.enum(["write", "read", "none"]),
  /** Other permissions; none by default. */
  grants: z.array(grantSchema).max(10).default([]),
  status: z.enum(["active", "disabled", "expired"]),
  /** False for narrow tokens, which may use an account that they can't list. */
  listsAccounts: z.boolean(),
  /** Absent for all accounts. */
  accounts: z.array(z.string().max(100)).max(1000).optional(),
  expires_on: z.iso.datetime({ offset: true }).optional(),
  not_before: z.iso.datetime({ offset: true }).optional(),
});
export type Token = Readonly<z.infer<typeof tokenSchema>>;

/** A user's email and Global API Key. */
export interface GlobalKey {
  readonly email: string;
  readonly key: string;
}

export type Principal =
  | { readonly kind: "token"; readonly token: Token }
  | { readonly kind: "key"; readonly email: string };

/** The options of a new token. By default it is a valid user token that may write. */
export const tokenOptionsSchema = tokenSchema.omit({ name: true }).partial();
export type TokenOptions = Readonly<z.infer<typeof tokenOptionsSchema>>;

export function newToken(name: string, options: TokenOptions = {}): Token {
  return tokenSchema.parse({
    secret: randomBytes(30).toString("base64url"),
    id: randomBytes(16).toString("hex"),
    name,
    owner: "user",
    permission: "write",
    status: "active",
    listsAccounts: true,
    ...options,
  });
}

/** Names of the tokens that every emulator creates when it starts. */
export const STANDARD_TOKENS: ReadonlySet<string> = new Set([
  "token",
  "readOnlyToken",
  "accountToken",
]);

/** Identifies the caller, or refuses the request as Cloudflare's gateway does. */
export class Identities {
  readonly tokens = new Map<string, Token>();
  readonly globalKey: GlobalKey;

  constructor(globalKey: GlobalKey) {
    this.globalKey = globalKey;
  }

  /** Adds a token, or replaces the one with the same secret. */
  add(token: Token): Token {
    this.tokens.set(token.secret, token);
    return token;
  }

  /** Names the credential for the log, without checking that it is valid. */
  describe(headers: IncomingHttpHeaders): CredentialKind {
    const credential = readCredential(headers);
    if (credential.kind === "bearer") {
      const known = this.tokens.get(credential.token);
      return { kind: "bearer", ...(known ? { name: known.name } : {}) };
    }
    if (credential.kind !== "key") {
      return { kind: credential.kind };
    }
    return { kind: "key", ...(this.#knows(credential) ? { name: credential.email } : {}) };
  }

  /**
   * Accepts disabled and expired tokens too, because the verification reports them.
   * @param unknown the error for an unknown token; the verifications use a different text
   * @throws Refusal for an unknown or malformed credential
   */
  identify(headers: IncomingHttpHeaders, unknown = INVALID_TOKEN): Principal {
    const credential = readCredential(headers);
    if (credential.kind === "none") {
      throw refuse(400, MISSING_CREDENTIAL);
    }
    if (credential.kind === "malformed") {
      throw refuse(400, credential.problem);
    }
    if (credential.kind === "key") {
      if (!this.#knows(credential)) {
        throw refuse(403, UNKNOWN_KEY);
      }
      return { kind: "key", email: credential.email };
    }
    const token = this.tokens.get(credential.token);
    if (!token) {
      throw refuse(401, unknown);
    }
    return { kind: "token", token };
  }

  /** Removes a token. @returns false where it was unknown */
  revoke(secret: string): boolean {
    return this.tokens.delete(secret);
  }

  #knows(credential: GlobalKey): boolean {
    return credential.email === this.globalKey.email && credential.key === this.globalKey.key;
  }
}

/** The verifications' answer to an unknown token. */
export const INVALID_API_TOKEN: ApiProblem = { code: 1000, message: "Invalid API Token" };
export const INVALID_TOKEN: ApiProblem = { code: 9109, message: "Invalid access token" };
const MISSING_CREDENTIAL: ApiProblem = {
  code: 9106,
  message: "Missing X-Auth-Key, X-Auth-Email or Authorization headers",
};
const UNKNOWN_KEY: ApiProblem = { code: 9103, message: "Unknown X-Auth-Key or X-Auth-Email" };

export function refuse(status: number, problem: ApiProblem): Refusal {
  return new Refusal(generalError(status, problem));
}

type Credential =
  | { readonly kind: "none" }
  | { readonly kind: "malformed"; readonly problem: ApiProblem }
  | { readonly kind: "bearer"; readonly token: string }
  | ({ readonly kind: "key" } & GlobalKey);

function readCredential(headers: IncomingHttpHeaders): Credential {
  const { authorization } = headers;
  if (authorization !== undefined) {
    const token = /^Bearer ([\w.-]{40,})$/i.exec(authorization)?.[1];
    return token === undefined ? malformed(6111, "Authorization") : { kind: "bearer", token };
  }
  const email = headers["x-auth-email"];
  const key = headers["x-auth-key"];
  if (email === undefined && key === undefined) {
    return { kind: "none" };
  }
  if (typeof email !== "string" || !email.includes("@")) {
    return malformed(6102, "X-Auth-Email");
  }
  if (typeof key !== "string" || !/^[\w.-]{37,}$/.test(key)) {
    return malformed(6103, "X-Auth-Key");
  }
  return { kind: "key", email, key };
}

function malformed(code: number, header: string): Credential {
  const message = `Invalid format for ${header} header`;
  const chain = [{ code, message }];
  return {
    kind: "malformed",
    problem: { code: 6003, message: "Invalid request headers", error_chain: chain },
  };
}

export function mayList(principal: Principal): boolean {
  return principal.kind === "key" || principal.token.listsAccounts;
}

export function mayUse(principal: Principal, account: string): boolean {
  if (principal.kind === "key") {
    return true;
  }
  return principal.token.accounts?.includes(account) ?? true;
}

/** The status that a verification reports. @param now milliseconds since 1970 */
export function tokenStatus(token: Token, now: number): Token["status"] {
  const isOver = token.expires_on !== undefined && Date.parse(token.expires_on) <= now;
  return token.status === "active" && isOver ? "expired" : token.status;
}

/** True for a credential that is neither disabled nor expired, and whose time has begun. */
export function isInForce(principal: Principal, now: number): boolean {
  if (principal.kind === "key") {
    return true;
  }
  const { not_before } = principal.token;
  const hasBegun = not_before === undefined || Date.parse(not_before) <= now;
  return hasBegun && tokenStatus(principal.token, now) === "active";
}

/**
 * Checks a call to an account's resources: a valid token, the account and the permission.
 * @param now milliseconds since 1970
 * @throws Refusal
 */
export function permit(
  principal: Principal,
  needs: Permission,
  now: number,
  account?: string,
): void {
  if (!isInForce(principal, now)) {
    throw refuse(401, INVALID_TOKEN);
  }
  if (principal.kind === "key") {
    return;
  }
  const { permission, grants } = principal.token;
  if (account !== undefined && !mayUse(principal, account)) {
    throw refuse(403, FOREIGN_ACCOUNT);
  }
  // Listing accounts requires no permission.
  if (account === undefined && needs === "read") {
    return;
  }
  const isAllowed =
    needs === "read" || needs === "write"
      ? permission === "write" || permission === needs
      : grants.includes(needs) || grants.some((grant) => grant === needs.replace("read", "edit"));
  if (!isAllowed) {
    throw refuse(403, { code: 10000, message: "Authentication error" });
  }
}

const FOREIGN_ACCOUNT = { code: 9109, message: "Unauthorized to access requested resource" };
