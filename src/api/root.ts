import { ApiError } from "../model/failure.ts";

/** An API root that a credential may be sent to. `prefix` has no slash at its end. */
export interface Root {
  readonly origin: string;
  readonly prefix: string;
  readonly secure: boolean;
  readonly hostname: string;
}

/**
 * Takes https, and http on a loopback address. Throws `unsafeRoot` for anything else, also for a
 * root that carries a user name or a query. The message doesn't repeat the root: it may hold one.
 */
export function parseRoot(text: string): Root {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !isSafe(url)) {
    throw new ApiError("the API root is neither https nor http on a loopback address", {
      kind: "invalid",
      reason: "unsafeRoot",
    });
  }
  return {
    origin: url.origin,
    prefix: url.pathname.replace(/\/+$/, ""),
    secure: url.protocol === "https:",
    hostname: url.hostname,
  };
}

/** `hostname` as a URL has it: IPv6 in brackets. Names under localhost may resolve elsewhere. */
export function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d+){3}$/.test(hostname);
}

function isSafe(url: URL): boolean {
  const bare = url.username === "" && url.password === "" && url.search === "" && url.hash === "";
  const transport =
    url.protocol === "https:" || (url.protocol === "http:" && isLoopback(url.hostname));
  return bare && transport;
}
