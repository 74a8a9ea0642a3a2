import * as v from "valibot";
import type { Account, AccountId, TokenState } from "../domain/account.ts";
import type { AccountsClient, CallOptions } from "../domain/cloudflareClient.ts";
import { listAll, type PageSizes } from "./pagination.ts";
import { lenientString, parse, partition, tryParse, withResponseContext } from "./parse.ts";
import { subjectOf } from "./servers.ts";
import { pathOf, type Transport } from "./transport/call.ts";

/** The largest page of this list. */
const PER_PAGE = 50;

const ACCOUNT_WIRE = v.object({ id: v.pipe(v.string(), v.nonEmpty()), name: lenientString });

const TOKEN_WIRE = v.object({
  id: v.string(),
  status: v.string(),
  expires_on: lenientString,
  not_before: lenientString,
});

/** The calls that need no account. */
export function createAccountsClient(transport: Transport, pageSizes: PageSizes): AccountsClient {
  return {
    listAccounts: (options) => listAccounts(transport, pageSizes, options),
    verifyUserToken: (options) => verify(transport, pathOf("user", "tokens", "verify"), options),
    verifyAccountToken: (account, options) =>
      verify(transport, accountPath(account, "tokens", "verify"), options),
  };
}

export function accountPath(account: AccountId, ...rest: readonly string[]): string {
  return pathOf("accounts", account, ...rest);
}

/**
 * Rejects only when none of several accounts can be parsed. Narrow tokens list no account at all.
 */
async function listAccounts(
  transport: Transport,
  pageSizes: PageSizes,
  options: CallOptions = {},
): Promise<readonly Account[]> {
  const found = await listAll({
    transport,
    pageSizes,
    call: { ...options, path: pathOf("accounts") },
    perPage: PER_PAGE,
    subject: "the list of accounts",
    parse: (value, place) =>
      tryParse(value, () => parseAccount(value, subjectOf("account", value, place))),
  });
  const { items, rejected } = partition(found);
  if (items.length === 0 && rejected[0] !== undefined) {
    throw rejected[0].error;
  }
  return items;
}

function parseAccount(value: unknown, subject: string): Account {
  const { id, name } = parse(ACCOUNT_WIRE, value, subject);
  return { id, name: name ?? id };
}

async function verify(
  transport: Transport,
  path: string,
  options: CallOptions = {},
): Promise<TokenState> {
  const envelope = await transport.request({ ...options, path, method: "GET", repeat: "safe" });
  return withResponseContext(envelope, () => {
    const wire = parse(TOKEN_WIRE, envelope.result, "the token's state");
    return {
      id: wire.id,
      status: wire.status,
      expiresOn: wire.expires_on ?? undefined,
      notBefore: wire.not_before ?? undefined,
    };
  });
}
