import type { Client } from "../model/client/client.ts";
import { throughClient } from "../model/client/throughClient.ts";
import type { Keeper } from "./keeper.ts";
import type { StoredAccount } from "./vault.ts";

/**
 * Asks before each request whether the credential is still the account's: another window may have
 * signed out a moment ago, and its event may be late or never come.
 */
export function guardedClient(
  client: Client,
  keeper: Keeper,
  { account, generation }: StoredAccount,
  outdated: () => Promise<void>,
): Client {
  return throughClient(async (call) => {
    if (await keeper.isCurrent(account.id, generation)) return call(client);
    outdated().catch(() => undefined);
    throw new DOMException("The account was signed out", "AbortError");
  });
}
