import type { AccountId } from "../domain/account.ts";
import type { CloudflareClient, Connection } from "../domain/cloudflareClient.ts";
import { createAccessClient } from "./access.ts";
import { accountPath, createAccountsClient } from "./accounts.ts";
import { createAnalyticsClient } from "./analytics.ts";
import { Catalogues } from "./catalogues.ts";
import { PageSizes } from "./pagination.ts";
import { createPortalsClient } from "./portals.ts";
import { PortalProbe } from "./probe.ts";
import { createServersClient, type ResourceRoot } from "./servers.ts";
import {
  createTransport,
  type Shared,
  type TransportOptions,
} from "./transport/createTransport.ts";
import { SystemCertificates } from "./transport/network.ts";
import { RateLimiters } from "./transport/rateLimit.ts";
import { createZonesClient } from "./zones.ts";

export function createShared(): Shared {
  return { rateLimiters: new RateLimiters(), certificates: new SystemCertificates() };
}

/** Throws an ApiError where nothing can be sent safely; see `createTransport`. */
export function openConnection(options: TransportOptions, shared: Shared): Connection {
  const transport = createTransport(options, shared);
  const pageSizes = new PageSizes(options.pagesAhead);
  const probe = new PortalProbe(options, shared);
  const catalogues = new Map<AccountId, Catalogues>();
  return {
    accounts: createAccountsClient(transport, pageSizes),
    client(account) {
      const known = catalogues.get(account) ?? new Catalogues();
      catalogues.set(account, known);
      return createClient({ transport, pageSizes, catalogues: known, probe }, account);
    },
    async close() {
      probe.close();
      await transport.close();
    },
  };
}

interface ClientParts extends Omit<ResourceRoot, "path"> {
  readonly probe: PortalProbe;
}

function createClient({ probe, ...parts }: ClientParts, account: AccountId): CloudflareClient {
  const root = {
    ...parts,
    // A getter, so that an account id that can't stand in a path rejects the call and not this
    // function.
    get path() {
      return accountPath(account, "access", "ai-controls", "mcp");
    },
  };
  return {
    ...createServersClient(root),
    ...createPortalsClient(root),
    ...createAnalyticsClient(root),
    ...createAccessClient({
      ...parts,
      get path() {
        return accountPath(account, "access");
      },
    }),
    ...createZonesClient({ ...parts, account }),
    probePortal: (portal, options) => probe.probe(portal, options),
    portalEndpoint: (portal, options) => probe.endpoint(portal, options),
  };
}
