import type { AuthType, Server } from "../server/server.ts";

/** What is known of a failing server, in the shape that the table of diagnoses asks for. */
export interface Facts {
  readonly authType: AuthType;
  /** HTTP status of the upstream. */
  readonly status: number | undefined;
  /** JSON-RPC error code of the upstream. */
  readonly mcpCode: number | undefined;
  /** Cloudflare's cause and error, lower-cased: data to look for words in, never to show. */
  readonly words: string;
  /** Cloudflare's own words, to show where nothing better is known. */
  readonly told: string | undefined;
  /** Of the upstream's URL; undefined when that isn't one. */
  readonly path: string | undefined;
}

export function factsOf(server: Server): Facts {
  const { error, errorDetails: details } = server;
  const told = (details?.cause ?? error)?.replace(/\.+\s*$/u, "");
  return {
    authType: server.authType,
    status: details?.statusCode,
    mcpCode: details?.mcpCode,
    words: [details?.cause, error].join(" ").toLowerCase(),
    told: told === "" ? undefined : told,
    path: URL.parse(server.hostname)?.pathname,
  };
}
