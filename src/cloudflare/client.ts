import type { AccountId } from "../domain/account.ts";
import type { CloudflareClient, Connection } from "../domain/cloudflareClient.ts";
import { accountPath, createAccountsClient } from "./accounts.ts";
import { Catalogues } from "./catalogues.ts";
import { PageSizes } from "./pagination.ts";
import { createPortalsClient } from "./portals.ts";
import { createServersClient, type ResourceRoot } from "./servers.ts";
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
  const catalogues = new Map<AccountId, Catalogues>();
  return {
    accounts: createAccountsClient(transport, pageSizes),
    client(account) {
      const known = catalogues.get(account) ?? new Catalogues();
      catalogues.set(account, known);
      return createClient({ transport, pageSizes, catalogues: known }, account);
    },
    close: () => transport.close(),
  };
}

function createClient(parts: Omit<ResourceRoot, "path">, account: AccountId): CloudflareClient {
  const root = {
    ...parts,
    // A getter, so that an account id that can't stand in a path rejects the call and not this
    // function.
    get path() {
      return accountPath(account, "access", "ai-controls", "mcp");
    },
  };
  return { ...createServersClient(root), ...createPortalsClient(root) };
}
