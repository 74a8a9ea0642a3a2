import type { Portal } from "./portal.ts";

/** The ways in which a client can connect to a portal, by what its list of tools holds. */
export const CONNECTIONS = ["allTools", "minimizeTools", "searchAndExecute", "codeMode"] as const;
export type Connection = (typeof CONNECTIONS)[number];

/** Undefined for what isn't a public name. Source: Cloudflare's page of portals. */
export function publicEndpoint(hostname: string): URL | undefined {
  const url = URL.parse(`https://${hostname}/mcp`);
  const isName = url?.hostname === hostname.toLowerCase() && /\.[a-z][a-z0-9-]*$/i.test(hostname);
  return url !== null && isName ? url : undefined;
}

/**
 * The address at which a client gets what the way of connecting holds. A portal whose Code Mode is
 * on lists two tools to a client that doesn't turn it off.
 */
export function connectionUrl(
  endpoint: URL,
  { codeMode }: Pick<Portal, "codeMode">,
  connection: Connection,
): URL {
  const url = new URL(endpoint);
  if (connection === "codeMode") {
    url.searchParams.set("codemode", "search_and_execute");
    return url;
  }
  if (connection !== "allTools") {
    url.searchParams.set("optimize_context", OPTIMIZED[connection]);
  }
  if (codeMode === "default_on") {
    url.searchParams.set("codemode", "off");
  }
  return url;
}

const OPTIMIZED = {
  minimizeTools: "minimize_tools",
  searchAndExecute: "search_and_execute",
} as const;

/** The ways of connecting that a policy of Code Mode leaves, the usual one first. */
export function connectionsOf({ codeMode }: Pick<Portal, "codeMode">): readonly Connection[] {
  switch (codeMode) {
    case "enforced":
      return ["codeMode"];
    case "off":
      return ["allTools", "minimizeTools", "searchAndExecute"];
    case "default_on":
      return ["codeMode", "allTools", "minimizeTools", "searchAndExecute"];
    default:
      return ["allTools", "minimizeTools", "searchAndExecute", "codeMode"];
  }
}
