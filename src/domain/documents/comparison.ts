import { memoize } from "../../base/memo.ts";
import type { Portal } from "../portals/portal.ts";
import type { Server } from "../servers/server.ts";

/**
 * A server with its tools and prompts in another's order, so that the differences of their documents
 * are those of their values. What the other doesn't have comes last.
 */
export function serverInOrderOf(server: Server, other: Server): Server {
  return orderedServer(server)(other);
}

/** Likewise a portal with its servers in another's order. */
export function portalInOrderOf(portal: Portal, other: Portal): Portal {
  return orderedPortal(portal)(other);
}

const orderedServer = memoize((server: Server) =>
  memoize(
    (other: Server): Server => ({
      ...server,
      tools: ordered(server.tools, other.tools.map(nameOf), nameOf),
      prompts: ordered(server.prompts, other.prompts.map(nameOf), nameOf),
    }),
  ),
);

const orderedPortal = memoize((portal: Portal) =>
  memoize(
    (other: Portal): Portal => ({
      ...portal,
      mappings: new Map(ordered([...portal.mappings], [...other.mappings.keys()], ([id]) => id)),
    }),
  ),
);

function nameOf({ name }: { readonly name: string }): string {
  return name;
}

function ordered<T>(
  own: readonly T[],
  others: readonly string[],
  keyOf: (item: T) => string,
): readonly T[] {
  const positions = new Map(others.map((key, index) => [key, index]));
  const positionOf = (item: T): number => positions.get(keyOf(item)) ?? others.length;
  return own.toSorted((one, other) => positionOf(one) - positionOf(other));
}
