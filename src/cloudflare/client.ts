import type { AccountId } from "../domain/account.ts";
import type { CloudflareClient, Connection } from "../domain/cloudflareClient.ts";
import { accountPath, createAccountsClient } from "./accounts.ts";
import { PageSizes } from "./pagination.ts";
import { createPortalsClient } from "./portals.ts";
import { createServersClient } from "./servers.ts";
import type { Transport } from "./transport/call.ts";
import {
  createTransport,
  type Shared,
  type TransportOptions,
} from "./transport/createTransport.ts";
import { SystemCertificates } from "./transport/network.ts";
import { RateLimiters } from "./transport/rateLimit.ts";

export function createShared(): Shared {
  return { rateLimiters: new RateLimiters(), certificates: new SystemCertificates() };
}

/** Throws an ApiError where nothing can be sent safely; see `createTransport`. */
export function openConnection(options: TransportOptions, shared: Shared): Connection {
  const transport = createTransport(options, shared);
  const pageSizes = new PageSizes();
  return {
    accounts: createAccountsClient(transport, pageSizes),
    client: (account) => createClient(transport, pageSizes, account),
    close: () => transport.close(),
  };
}

function createClient(
  transport: Transport,
  pageSizes: PageSizes,
  account: AccountId,
): CloudflareClient {
  const root = {
    transport,
    pageSizes,
    // A getter, so that an account id that can't stand in a path rejects the call and not this
    // function.
    get path() {
      return accountPath(account, "access", "ai-controls", "mcp");
    },
  };
  return { ...createServersClient(root), ...createPortalsClient(root) };
}
