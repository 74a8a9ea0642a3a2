import type { Account, AccountId, Credential, TokenState } from "../../domain/account.ts";
import { isApiError } from "../../domain/apiError.ts";
import type { AccountsClient, Connect, Connection } from "../../domain/cloudflareClient.ts";

/**
 * The accounts that a credential lists; empty for a working one that may not list any. Rejects with
 * an ApiError or an UnusableError where the credential itself is refused.
 */
type Verify = (connection: Connection) => Promise<readonly Account[]>;

/**
 * Tries a user token first. If it is refused, tries it as the account token of each account that it
 * lists. Rejects with the first refusal when all fail.
 */
export const verifyToken: Verify = async ({ accounts }) => {
  try {
    inForce(await accounts.verifyUserToken());
    return await listedAccounts(accounts);
  } catch (error) {
    if (!isRefusal(error)) {
      throw error;
    }
    const own = await accountsOfToken(accounts);
    if (own.length === 0) {
      throw error;
    }
    return own;
  }
};

/** Checks the token of an account whose id is known. */
export function verifyAccountToken(id: AccountId): Verify {
  return async ({ accounts }) => {
    inForce(await accounts.verifyAccountToken(id));
    const listed = await listedAccounts(accounts);
    return [listed.find((account) => account.id === id) ?? { id, name: id }];
  };
}

/** The API can't verify an email and key, so listing accounts tests them. */
export const verifyKey: Verify = ({ accounts }) => accounts.listAccounts();

/** Rejects when the credential can't read this account's servers. */
export async function verifyAccess(
  connection: Connection,
  id: AccountId,
  signal?: AbortSignal,
): Promise<void> {
  // A search without matches needs the same permission, and never returns thousands of servers.
  await connection.client(id).listServers({ search: id, ...(signal && { signal }) });
}

function inForce(state: TokenState): void {
  const unusable = unusableToken(state, Date.now());
  if (unusable !== undefined) {
    throw new UnusableError(unusable);
  }
}

/** A narrow token may be refused the list instead of getting an empty one. */
async function listedAccounts(accounts: AccountsClient): Promise<readonly Account[]> {
  try {
    return await accounts.listAccounts();
  } catch (error) {
    if (isRefusal(error)) {
      return [];
    }
    throw error;
  }
}

/** For an account token that isn't valid, the reason is more useful than that no user has it. */
async function accountsOfToken(accounts: AccountsClient): Promise<readonly Account[]> {
  const listed = await listedAccounts(accounts);
  const checks = await Promise.allSettled(
    listed.map(async (account) => {
      inForce(await accounts.verifyAccountToken(account.id));
      return account;
    }),
  );
  const own = checks.flatMap((check) => (check.status === "fulfilled" ? [check.value] : []));
  const known = checks.find((check) => check.status === "rejected" && !isRefusal(check.reason));
  if (own.length === 0 && known?.status === "rejected") {
    throw known.reason;
  }
  return own;
}

/** True when Cloudflare answered that it doesn't accept the credential. */
export function isRefusal(error: unknown): boolean {
  return (
    isApiError(error) &&
    ["auth", "forbidden", "invalid"].includes(error.kind) &&
    error.reason === "refused"
  );
}

/** Why a token that Cloudflare knows can't be used. Times are ISO 8601 texts. */
export type Unusable =
  | { readonly kind: "expired"; readonly since: string | undefined }
  | { readonly kind: "disabled" }
  | { readonly kind: "notYet"; readonly from: string }
  | { readonly kind: "other"; readonly status: string };

/**
 * Undefined for a valid token. Cloudflare calls a token active from the day it is made, even when
 * its time begins later, so the time is checked too.
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

/**
 * Milliseconds by which clocks may differ. This machine's clock alone is no reason to refuse a
 * token.
 */
const CLOCKS_DIFFER_BY = 5 * 60_000;

/** Thrown for a correct token that isn't valid now. */
class UnusableError extends Error {
  override readonly name = "UnusableError";
  readonly unusable: Unusable;

  constructor(unusable: Unusable) {
    super(`the token is ${unusable.kind}`);
    this.unusable = unusable;
  }
}

/** Goes by the name, because each bundle has its own copy of the class. */
export function isUnusableError(error: unknown): error is UnusableError {
  return error instanceof Error && error.name === "UnusableError" && "unusable" in error;
}

/** The inputs of a sign-in. */
export interface SignInContext {
  readonly connect: Connect;
  readonly apiRoot: string;
  /** The account that the credential has to be for, where an account gets a new one. */
  readonly account?: Account | undefined;
}

/** A checked credential, the accounts that it lists, if any, and its open connection. */
export interface Checked {
  readonly credential: Credential;
  readonly accounts: readonly Account[];
  /** The caller closes it when it doesn't use it. */
  readonly connection: Connection;
}

/**
 * Rejects with an ApiError or an UnusableError for a credential that can't be used.
 * @param signal aborts the check
 */
export async function checkCredential(
  { connect, apiRoot, account }: SignInContext,
  credential: Credential,
  verify: Verify,
  signal?: AbortSignal,
): Promise<Checked> {
  signal?.throwIfAborted();
  const connection = connect({ apiRoot, credential });
  const stop = (): void => void connection.close();
  signal?.addEventListener("abort", stop, { once: true });
  try {
    const listed = await verify(connection);
    const accounts = account === undefined ? listed : [account];
    const [only, second] = accounts;
    // With a single account the access is checked now, while the input is still open.
    if (only !== undefined && second === undefined) {
      await verifyAccess(connection, only.id);
    }
    signal?.throwIfAborted();
    return { credential, accounts, connection };
  } catch (error) {
    await connection.close();
    throw error;
  } finally {
    signal?.removeEventListener("abort", stop);
  }
}
