import type { Catalogue, ExposedCapability } from "../catalogue/layers.ts";
import { type DeliveredList, deliveredDefinition } from "../clients/deliver.ts";
import {
  CONNECTIONS,
  type Connection,
  countedText,
  exposedText,
  nameText,
  portalTexts,
} from "./countedText.ts";

/** Counts the tokens of a text in o200k. Undefined where they aren't counted yet. */
export type CountTokens = (text: string) => number | undefined;

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

/** A single tool; undefined where its tokens aren't counted yet. */
export function costOfTool(shown: ExposedCapability, count: CountTokens): number | undefined {
  const tokens = count(exposedText(shown));
  return tokens === undefined ? undefined : tokens + TOKENS_A_TOOL;
}

/**
 * What a server, or a mapping with its own layer, costs: its tools that are on. Prompts cost
 * nothing until a person runs one.
 */
export function costOfCatalogue({ tools }: Pick<Catalogue, "tools">, count: CountTokens): Cost {
  return costOfTexts(textsOf(tools), count);
}

/** A portal's cost, and that of each of its mappings, by server id. */
export interface PortalCost {
  readonly total: Cost;
  readonly byServer: ReadonlyMap<string, Cost>;
}

/** @param catalogues what the portal exposes of each server, by server id */
export function costOfPortal(
  catalogues: ReadonlyMap<string, Pick<Catalogue, "tools">>,
  count: CountTokens,
): PortalCost {
  const byServer = new Map(
    [...catalogues].map(([id, catalogue]) => [id, costOfCatalogue(catalogue, count)] as const),
  );
  return { total: [...byServer.values()].reduce(sum, NO_COST), byServer };
}

/** What everything that a portal exposes costs, for each way of connecting to it. */
export function costByConnection(
  exposed: readonly ExposedCapability[],
  count: CountTokens,
): ReadonlyMap<Connection, Cost> {
  return new Map(
    CONNECTIONS.map((connection) => [connection, costWith(exposed, connection, count)] as const),
  );
}

function costWith(
  exposed: readonly ExposedCapability[],
  connection: Connection,
  count: CountTokens,
): Cost {
  const own = costOfTexts(portalTexts(connection), count);
  switch (connection) {
    case "allTools":
      return costOfTexts(textsOf(exposed), count);
    case "minimizeTools":
      return asEstimate(sum(own, costOfTexts(namesOf(exposed), count)));
    case "searchAndExecute":
    case "codeMode":
      return asEstimate(own);
  }
}

/**
 * What a list costs in one client: the definitions as they arrive there, without those that the
 * client drops. A deferred tool costs about its name, so that such a sum is an estimate.
 */
export function costInClient({ items }: DeliveredList, count: CountTokens): Cost {
  const sent = items.filter(({ shown, effect }) => shown.kind === "tool" && effect !== "dropped");
  const texts = sent.map((item) =>
    item.effect === "deferred" ? nameText(item.name) : countedText(deliveredDefinition(item)),
  );
  const cost = costOfTexts(texts, count);
  return sent.some(({ effect }) => effect === "deferred") ? asEstimate(cost) : cost;
}

const NO_COST: Cost = { tokens: 0, pending: 0, isEstimate: false };

function* textsOf(exposed: readonly ExposedCapability[]): Iterable<string> {
  for (const shown of exposed) {
    if (isSent(shown)) {
      yield exposedText(shown);
    }
  }
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

function costOfTexts(texts: Iterable<string>, count: CountTokens): Cost {
  let tokens = 0;
  let pending = 0;
  for (const text of texts) {
    const counted = count(text);
    if (counted === undefined) {
      pending += 1;
    } else {
      tokens += counted + TOKENS_A_TOOL;
    }
  }
  return { tokens, pending, isEstimate: false };
}

function sum(one: Cost, other: Cost): Cost {
  return {
    tokens: one.tokens + other.tokens,
    pending: one.pending + other.pending,
    isEstimate: one.isEstimate || other.isEstimate,
  };
}

function asEstimate(cost: Cost): Cost {
  return { ...cost, isEstimate: true };
}

/** Claude's models, by how many tokens they make of what o200k counts as one. */
export interface ClaudeRange {
  readonly models: string;
  readonly least: number;
  readonly most: number;
}

/** No tokenizer of Claude's works offline, so each is a range. Measured in October 2026. */
const CLAUDE_FACTORS: readonly ClaudeRange[] = [
  { models: "≤ 4.6", least: 1.02, most: 1.05 },
  { models: "Opus ≥ 4.7", least: 1.02, most: 1.05 * 1.35 },
];

/** What o200k tokens are in Claude's, at least and at most, rounded outwards. */
export function claudeTokens(tokens: number): readonly ClaudeRange[] {
  return CLAUDE_FACTORS.map(({ models, least, most }) => ({
    models,
    least: Math.floor(tokens * least),
    most: Math.ceil(tokens * most),
  }));
}

/** The range over all of Claude's models, which is what is shown where one number is expected. */
export function claudeRange(tokens: number): Omit<ClaudeRange, "models"> {
  const ranges = claudeTokens(tokens);
  return {
    least: Math.min(...ranges.map(({ least }) => least)),
    most: Math.max(...ranges.map(({ most }) => most)),
  };
}
