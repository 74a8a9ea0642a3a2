import type { Account, AccountId, TokenState } from "../model/account.ts";
import type { AccountsClient, Connection } from "../model/client.ts";
import { isApiError } from "../model/failure.ts";

/** What a check of a credential has shown. A failed check rejects with its ApiError. */
export type Verified =
  /** `accounts` is empty for a credential that works but may not list any. */
  | { readonly kind: "works"; readonly accounts: readonly Account[] }
  | { readonly kind: "unusable"; readonly state: TokenState };

/**
 * As a user token; if that is refused, as the account token of each account that it lists. When
 * none takes it, rejects with the first refusal.
 */
export async function verifyToken({ accounts }: Connection): Promise<Verified> {
  try {
    const state = await accounts.verifyUserToken();
    if (state.status !== "active") return { kind: "unusable", state };
    return { kind: "works", accounts: await listedAccounts(accounts) };
  } catch (error) {
    if (!isRefusal(error)) throw error;
    const own = await accountsOfToken(accounts);
    if (own.length === 0) throw error;
    return { kind: "works", accounts: own };
  }
}

/** An account token of an account whose id the person knows. */
export async function verifyAccountToken(
  { accounts }: Connection,
  id: AccountId,
): Promise<Verified> {
  const state = await accounts.verifyAccountToken(id);
  if (state.status !== "active") return { kind: "unusable", state };
  return { kind: "works", accounts: [{ id, name: id }] };
}

/** An email and key have no check of their own. */
export async function verifyKey({ accounts }: Connection): Promise<Verified> {
  return { kind: "works", accounts: await accounts.listAccounts() };
}

/** Rejects when the credential can't read this account's servers. */
export async function verifyAccess(connection: Connection, id: AccountId): Promise<void> {
  await connection.client(id).listServers();
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

async function accountsOfToken(accounts: AccountsClient): Promise<readonly Account[]> {
  const listed = await listedAccounts(accounts);
  const checks = await Promise.allSettled(listed.map(({ id }) => accounts.verifyAccountToken(id)));
  return listed.filter((_, index) => {
    const check = checks[index];
    return check?.status === "fulfilled" && check.value.status === "active";
  });
}

function isRefusal(error: unknown): boolean {
  return (
    isApiError(error) &&
    ["auth", "forbidden", "invalid"].includes(error.kind) &&
    error.reason === "refused"
  );
}
