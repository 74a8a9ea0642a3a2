import type { Account, AccountId, TokenState } from "../model/client/account.ts";
import type { AccountsClient, Connection } from "../model/client/client.ts";
import { isApiError } from "../model/client/failure.ts";
import { UnusableError, unusableToken } from "./tokenStatus.ts";

/**
 * The accounts that a credential lists: none for one that works but may not list any. Rejects with
 * an ApiError or an UnusableError where the credential itself is refused.
 */
export type Verify = (connection: Connection) => Promise<readonly Account[]>;

/**
 * As a user token; if that is refused, as the account token of each account that it lists. When
 * none takes it, rejects with the first refusal.
 */
export const verifyToken: Verify = async ({ accounts }) => {
  try {
    inForce(await accounts.verifyUserToken());
    return await listedAccounts(accounts);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    const own = await accountsOfToken(accounts);
    if (own.length === 0) throw error;
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
export async function verifyAccess(connection: Connection, id: AccountId): Promise<void> {
  // A search that finds nothing asks for the same permission, and never for thousands of servers.
  await connection.client(id).listServers({ search: id });
}

function inForce(state: TokenState): void {
  const unusable = unusableToken(state, Date.now());
  if (unusable !== undefined) throw new UnusableError(unusable);
}

/** A narrow token may be refused the list instead of getting an empty one. */
async function listedAccounts(accounts: AccountsClient): Promise<readonly Account[]> {
  try {
    return await accounts.listAccounts();
  } catch (error) {
    if (isRefusal(error)) return [];
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
  if (own.length === 0 && known?.status === "rejected") throw known.reason;
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
