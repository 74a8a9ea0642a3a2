import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { object } from "./calling.ts";

const REDIRECT = "http://127.0.0.1:33418/";

/** Registers a client at a portal and signs in, as MCP clients do. Returns the access token. */
export async function signIn(portal: string, email?: string, redirect = REDIRECT): Promise<string> {
  const issuer = await issuerOf(portal);
  const { client_id } = await register(issuer, redirect);
  const verifier = randomBytes(32).toString("base64url");
  const query = new URLSearchParams({
    response_type: "code",
    client_id: String(client_id),
    redirect_uri: redirect,
    code_challenge: createHash("sha256").update(verifier).digest("base64url"),
    code_challenge_method: "S256",
    state: "s",
    ...(email === undefined ? {} : { login_hint: email }),
  });
  const signedIn = await fetch(`${issuer}/authorize?${query}`, { redirect: "manual" });
  assert.equal(signedIn.status, 302, await signedIn.text());
  const back = new URL(signedIn.headers.get("location") ?? "");
  assert.equal(back.searchParams.get("state"), "s");
  const body = new URLSearchParams({
    grant_type: "authorization_code",
    code: back.searchParams.get("code") ?? "",
    client_id: String(client_id),
    redirect_uri: redirect,
    code_verifier: verifier,
  });
  const granted = await fetch(`${issuer}/token`, { method: "POST", body });
  assert.equal(granted.status, 200);
  return String(object(await granted.json())["access_token"]);
}

/** Follows the 401 to the resource's metadata, and from there to the authorization server's. */
export async function issuerOf(portal: string): Promise<string> {
  const refused = await fetch(portal, { method: "POST", body: "{}" });
  assert.equal(refused.status, 401);
  const challenge = refused.headers.get("www-authenticate") ?? "";
  const metadata = /resource_metadata="([^"]+)"/.exec(challenge)?.[1] ?? "";
  const resource = object(await (await fetch(metadata)).json());
  assert.equal(resource["resource"], portal);
  const [issuer] = resource["authorization_servers"] as readonly unknown[];
  const { origin, pathname } = new URL(String(issuer));
  const described = await fetch(`${origin}/.well-known/oauth-authorization-server${pathname}`);
  assert.equal(object(await described.json())["issuer"], issuer);
  return String(issuer);
}

export async function register(issuer: string, redirect: string) {
  const response = await fetch(`${issuer}/register`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ client_name: "test", redirect_uris: [redirect] }),
  });
  return object(await response.json());
}
