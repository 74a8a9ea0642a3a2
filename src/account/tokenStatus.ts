import type { TokenState } from "../model/client/account.ts";

/** Why a token that Cloudflare knows can't be used. Times are ISO 8601 texts. */
export type Unusable =
  | { readonly kind: "expired"; readonly since: string | undefined }
  | { readonly kind: "disabled" }
  | { readonly kind: "notYet"; readonly from: string }
  | { readonly kind: "other"; readonly status: string };

/**
 * Undefined for a token in force. A token with a time to begin is called active from the day that it
 * is made, so the time is looked at too.
 * @param now milliseconds since 1970
 */
export function unusableToken(state: TokenState, now: number): Unusable | undefined {
  const { status, expiresOn, notBefore } = state;
  switch (status) {
    case "expired":
      return { kind: "expired", since: expiresOn };
    case "disabled":
      return { kind: "disabled" };
    case "active":
      if (notBefore !== undefined && Date.parse(notBefore) > now + CLOCKS_DIFFER_BY) {
        return { kind: "notYet", from: notBefore };
      }
      return undefined;
    default:
      return { kind: "other", status };
  }
}

/** Milliseconds. This machine's clock alone is no reason to refuse a token. */
const CLOCKS_DIFFER_BY = 5 * 60_000;

/** Thrown for a token that is right and not in force. */
export class UnusableError extends Error {
  override readonly name = "UnusableError";
  readonly unusable: Unusable;

  constructor(unusable: Unusable) {
    super(`the token is ${unusable.kind}`);
    this.unusable = unusable;
  }
}

/** By name and not by class: classes have copies, one a bundle. */
export function isUnusableError(error: unknown): error is UnusableError {
  return error instanceof Error && error.name === "UnusableError" && "unusable" in error;
}
