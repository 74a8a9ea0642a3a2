import type { Connection } from "../portals/endpoint.ts";
import type { Cost } from "./sums.ts";

/** A tool of the picture. Plain data, because it is sent to a page. Costs are in o200k tokens. */
export interface ToolView {
  /** Unique on its page, and the same after a change of the tool. */
  readonly id: string;
  readonly serverId: string;
  /** The upstream's name. */
  readonly name: string;
  readonly label: string;
  readonly isOn: boolean;
  /** What it costs while it is on; undefined where it isn't counted yet. */
  readonly tokens?: number | undefined;
  /** What it costs where only names are listed. */
  readonly nameTokens?: number | undefined;
}

export interface ServerView {
  readonly id: string;
  readonly name: string;
  readonly tools: readonly ToolView[];
}

/** Everything that the picture of a cost is drawn from. */
export interface CostView {
  readonly servers: readonly ServerView[];
  /** The ways of connecting, with the cost of the portal's own tools in each. */
  readonly connections: readonly OwnCost[];
}

export interface OwnCost {
  readonly connection: Connection;
  readonly tokens?: number | undefined;
}

/** What one way of connecting costs, now and after the tools of a selection are turned off. */
export interface Sum {
  readonly connection: Connection;
  readonly now: Cost;
  readonly after: Cost;
}

/** @param selected the ids of tools that would be turned off */
export function sumsOf(view: CostView, selected: ReadonlySet<string>): readonly Sum[] {
  const on = toolsOf(view).filter(({ isOn }) => isOn);
  const left = on.filter(({ id }) => !selected.has(id));
  return view.connections.map((own) => ({
    connection: own.connection,
    now: costWith(own, on),
    after: costWith(own, left),
  }));
}

function costWith({ connection, tokens }: OwnCost, tools: readonly ToolView[]): Cost {
  const own = { counted: tokens ?? 0, pending: tokens === undefined ? 1 : 0 };
  const listed = listedIn(connection, tools);
  return {
    tokens: own.counted + listed.reduce<number>((sum, cost) => sum + (cost ?? 0), 0),
    pending: own.pending + listed.filter((cost) => cost === undefined).length,
    isEstimate: connection !== "allTools",
  };
}

/** What each tool that is on adds. */
function listedIn(
  connection: Connection,
  tools: readonly ToolView[],
): readonly (number | undefined)[] {
  switch (connection) {
    case "allTools":
      return tools.map(({ tokens }) => tokens);
    case "minimizeTools":
      return tools.map(({ nameTokens }) => nameTokens);
    case "searchAndExecute":
    case "codeMode":
      return [];
  }
}

export function toolsOf({ servers }: Pick<CostView, "servers">): readonly ToolView[] {
  return servers.flatMap(({ tools }) => tools);
}

/** A server of the list beside the picture. */
export interface ServerSum {
  readonly on: number;
  readonly count: number;
  /** Of the tools that are on and counted. */
  readonly tokens: number;
}

export function serverSum({ tools }: ServerView): ServerSum {
  const on = tools.filter(({ isOn }) => isOn);
  return {
    on: on.length,
    count: tools.length,
    tokens: on.reduce((sum, { tokens = 0 }) => sum + tokens, 0),
  };
}
