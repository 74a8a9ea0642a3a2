/**
 * The root as a URL where a credential may be sent to it: https, or http on a loopback address, and
 * neither a user name nor a query in it. Undefined for anything else.
 */
export function safeRoot(text: string): URL | undefined {
  const url = URL.parse(text);
  if (url === null) return undefined;
  const bare = url.username === "" && url.password === "" && url.search === "" && url.hash === "";
  const transport =
    url.protocol === "https:" || (url.protocol === "http:" && isLoopback(url.hostname));
  return bare && transport ? url : undefined;
}

/** `hostname` as a URL has it: IPv6 in brackets. Names under localhost may resolve elsewhere. */
export function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d+){3}$/.test(hostname);
}
