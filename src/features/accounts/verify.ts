import type { Account, AccountId, Credential, TokenState } from "../../domain/account.ts";
import { isApiError } from "../../domain/apiError.ts";
import type { AccountsClient, Connect, Connection } from "../../domain/cloudflareClient.ts";

/**
 * The accounts that a credential lists: none for one that works but may not list any. Rejects with
 * an ApiError or an UnusableError where the credential itself is refused.
 */
type Verify = (connection: Connection) => Promise<readonly Account[]>;

/**
 * As a user token; if that is refused, as the account token of each account that it lists. When
 * none takes it, rejects with the first refusal.
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

/** As the token of an account whose id the person knows. */
export function verifyAccountToken(id: AccountId): Verify {
  return async ({ accounts }) => {
    inForce(await accounts.verifyAccountToken(id));
    const listed = await listedAccounts(accounts);
    return [listed.find((account) => account.id === id) ?? { id, name: id }];
  };
}

/** An email and key have no check of their own. */
export const verifyKey: Verify = ({ accounts }) => accounts.listAccounts();

/** Rejects when the credential can't read this account's servers. */
export async function verifyAccess(
  connection: Connection,
  id: AccountId,
  signal?: AbortSignal,
): Promise<void> {
  // A search that finds nothing asks for the same permission, and never for thousands of servers.
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

/** Of an account token that isn't in force the reason is told, not that no user has it. */
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

/** Cloudflare has answered, and doesn't take the credential. */
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
class UnusableError extends Error {
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

/** What signing in needs from outside. */
export interface SignInContext {
  readonly connect: Connect;
  readonly apiRoot: string;
  /** Set where the credential is to be one of this account: its last one isn't good any more. */
  readonly account?: Account | undefined;
}

/** A credential that was checked, the accounts that it lists, maybe none, and its open connection. */
export interface Checked {
  readonly credential: Credential;
  readonly accounts: readonly Account[];
  /** To be closed by whoever doesn't go on with it. */
  readonly connection: Connection;
}

/**
 * Rejects with an ApiError or an UnusableError for a credential that nobody can sign in with.
 * @param signal stops the check
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
    // Where there is nothing to choose the access is checked now, while the input is still open.
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
