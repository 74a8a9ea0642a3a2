import { type CloudflareClient, wrapClient } from "../../../../src/domain/cloudflareClient.ts";

/** A client that rejects every call. A test gives its own functions for the calls that it expects. */
export function unusedClient(): CloudflareClient {
  return wrapClient(() => Promise.reject(new Error("not asked for here")));
}
