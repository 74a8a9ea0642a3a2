import { memoize } from "../../base/memo.ts";
import type { Server } from "../servers/server.ts";

interface Named {
  readonly name: string;
}

const inOrder = memoize((server: Server) =>
  memoize(
    (other: Server): Server => ({
      ...server,
      tools: ordered(server.tools, other.tools),
      prompts: ordered(server.prompts, other.prompts),
    }),
  ),
);

/**
 * A server with its tools and prompts in another's order, so that the differences of their documents
 * are those of their values. What the other doesn't have comes last.
 */
export function inOrderOf(server: Server, other: Server): Server {
  return inOrder(server)(other);
}

function ordered<T extends Named>(own: readonly T[], others: readonly Named[]): readonly T[] {
  const positions = new Map(others.map(({ name }, index) => [name, index]));
  const positionOf = ({ name }: Named): number => positions.get(name) ?? others.length;
  return own.toSorted((one, other) => positionOf(one) - positionOf(other));
}
