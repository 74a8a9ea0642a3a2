import type { Catalogue, ExposedCapability } from "../catalogue/serverCatalogue.ts";
import { CONNECTIONS, type Connection } from "../portals/endpoint.ts";
import { nameText, portalTexts } from "./countedText.ts";

/** Counts the tokens of a text in o200k. Undefined where they aren't counted yet. */
export type CountTokens = (text: string) => number | undefined;

/** The counts that costs are summed up from. */
export interface TokenCounts {
  readonly ofText: CountTokens;
  /** The tokens of a tool's text, which needn't be written again to know them. */
  readonly ofTool: (shown: ExposedCapability) => number | undefined;
}

/** What a list of tools costs in each request to a model. */
export interface Cost {
  /** In o200k tokens, of all tools that are counted. */
  readonly tokens: number;
  /** The tools whose tokens aren't counted yet. While there are any, `tokens` is too little. */
  readonly pending: number;
  /** True where the text that is sent isn't known word for word. */
  readonly isEstimate: boolean;
}

/** What a tool costs beside its text. */
const TOKENS_A_TOOL = 1;

export const NO_COST: Cost = { tokens: 0, pending: 0, isEstimate: false };

/** A single tool; undefined where its tokens aren't counted yet. */
export function costOfTool(shown: ExposedCapability, counts: TokenCounts): number | undefined {
  const tokens = counts.ofTool(shown);
  return tokens === undefined ? undefined : tokens + TOKENS_A_TOOL;
}

/**
 * What a server, or a mapping with its own layer, costs: its tools that are on. Prompts cost
 * nothing until a person runs one.
 */
export function costOfCatalogue({ tools }: Pick<Catalogue, "tools">, counts: TokenCounts): Cost {
  return costOfTools(tools, counts);
}

/** What everything that a portal exposes costs, for each way of connecting to it. */
export function costByConnection(
  exposed: readonly ExposedCapability[],
  counts: TokenCounts,
): ReadonlyMap<Connection, Cost> {
  return new Map(
    CONNECTIONS.map((connection) => [connection, costWith(exposed, connection, counts)] as const),
  );
}

function costWith(
  exposed: readonly ExposedCapability[],
  connection: Connection,
  counts: TokenCounts,
): Cost {
  const own = costOfTexts(portalTexts(connection), counts.ofText);
  switch (connection) {
    case "allTools":
      return costOfTools(exposed, counts);
    case "minimizeTools":
      return asEstimate(sumOf(own, costOfTexts(namesOf(exposed), counts.ofText)));
    case "searchAndExecute":
    case "codeMode":
      return asEstimate(own);
  }
}

function costOfTools(exposed: readonly ExposedCapability[], counts: TokenCounts): Cost {
  return costOf(exposed.filter(isSent).map(counts.ofTool));
}

function* namesOf(exposed: readonly ExposedCapability[]): Iterable<string> {
  for (const shown of exposed) {
    if (isSent(shown)) {
      yield nameText(shown.exposedName);
    }
  }
}

function isSent({ kind, enabled }: ExposedCapability): boolean {
  return kind === "tool" && enabled;
}

export function costOfTexts(texts: Iterable<string>, count: CountTokens): Cost {
  return costOf([...texts].map(count));
}

/** @param counted the tokens of the text of each tool */
export function costOf(counted: Iterable<number | undefined>): Cost {
  let tokens = 0;
  let pending = 0;
  for (const each of counted) {
    if (each === undefined) {
      pending += 1;
    } else {
      tokens += each + TOKENS_A_TOOL;
    }
  }
  return { tokens, pending, isEstimate: false };
}

export function sumOf(one: Cost, other: Cost): Cost {
  return {
    tokens: one.tokens + other.tokens,
    pending: one.pending + other.pending,
    isEstimate: one.isEstimate || other.isEstimate,
  };
}

export function asEstimate(cost: Cost): Cost {
  return { ...cost, isEstimate: true };
}
