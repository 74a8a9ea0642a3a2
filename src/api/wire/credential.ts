import { createHash } from "node:crypto";
import type { Credential } from "../../model/client/account.ts";
import { ApiError } from "../../model/client/failure.ts";

/** What a header can hold without being cut, folded or refused half-way: visible ASCII. */
const visible = /^[\x21-\x7e]+$/;

/** Throws `badCredential` before anything is sent. */
export function credentialHeaders(credential: Credential): Record<string, string> {
  const headers: Record<string, string> =
    credential.kind === "token"
      ? { authorization: `Bearer ${checked(credential.token)}` }
      : { "x-auth-email": checked(credential.email), "x-auth-key": checked(credential.key) };
  return headers;
}

/** Whom Cloudflare counts requests against. Safe to keep: the credential can't be read from it. */
export function budgetKey(apiRoot: string, credential: Credential): string {
  const owner = credential.kind === "token" ? credential.token : credential.email;
  return createHash("sha256").update(`${apiRoot}\n${credential.kind}\n${owner}`).digest("base64");
}

function checked(value: string): string {
  if (!visible.test(value)) {
    throw new ApiError("the credential can't stand in a header", {
      kind: "auth",
      reason: "badCredential",
    });
  }
  return value;
}
