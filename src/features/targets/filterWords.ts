import * as vscode from "vscode";
import { numberText } from "../../base/numbers.ts";
import { FILTERS, type Filter, type FilterKind, filterServer } from "../../domain/filter.ts";
import { shownAccounts } from "../../engine/state.ts";
import { filteredMapping, mappingNodes, portalNodes } from "./portalNodes.ts";
import type { TreeContext } from "./treeContext.ts";

function predicate(kind: FilterKind): string {
  switch (kind) {
    case "disabled":
      return vscode.l10n.t("is disabled");
    case "overridden":
      return vscode.l10n.t("is overridden");
    case "problems":
      return vscode.l10n.t("has problems");
  }
}

/** The number of rows that a filter shows. */
export interface Left {
  readonly capabilities: number;
  readonly servers: number;
  /** In the Portals view, the portals that have a row, some without one of their servers. */
  readonly portals?: number;
}

/** Describes the filter and what it shows of a view; undefined without a filter. */
export function filterInWords(
  context: TreeContext,
  leftOf: (context: TreeContext, filter: Filter) => Left = countLeft,
): string | undefined {
  const { filter } = context.state;
  if (filter.size === 0) {
    return undefined;
  }
  const predicates = FILTERS.filter((kind) => filter.has(kind)).map(predicate);
  const words = new Intl.ListFormat(vscode.env.language, { type: "disjunction" }).format(
    predicates,
  );
  const left = leftOf(context, filter);
  return left.servers + (left.portals ?? 0) === 0
    ? vscode.l10n.t("Nothing here {0}. Clear the filter to see everything.", words)
    : vscode.l10n.t("Showing only what {0}: {1}.", words, countsInWords(left));
}

/** The number of tools, prompts and servers that a filter shows or would show. */
export function leftInWords(context: TreeContext, filter: Filter): string {
  return countsInWords(countLeft(context, filter));
}

/** The same of portals; undefined where it is nothing. */
export function leftInPortalsInWords(context: TreeContext, filter: Filter): string | undefined {
  const left = countLeftInPortals(context, filter);
  return left.servers + left.portals === 0
    ? undefined
    : vscode.l10n.t("in portals {0}", countsInWords(left));
}

function countsInWords({ capabilities, servers, portals = 0 }: Left): string {
  if (servers === 0 && portals > 0) {
    return portals === 1
      ? vscode.l10n.t("1 portal")
      : vscode.l10n.t("{0} portals", numberText(portals));
  }
  const counted =
    servers === 1 ? vscode.l10n.t("1 server") : vscode.l10n.t("{0} servers", numberText(servers));
  // A server may be shown for a problem of its own.
  if (capabilities === 0) {
    return counted;
  }
  return capabilities === 1
    ? vscode.l10n.t("{0} with 1 tool or prompt", counted)
    : vscode.l10n.t("{0} with {1} tools and prompts", counted, numberText(capabilities));
}

/** The tools, prompts and servers that a filter shows, each as often as portals have it. */
export function countLeftInPortals(
  { state, ...rest }: TreeContext,
  filter: Filter,
): Left & { readonly portals: number } {
  const filtered = { state: { ...state, filter }, ...rest };
  const portals = shownAccounts(state).flatMap(({ account }) => portalNodes(filtered, account.id));
  const mappings = portals.flatMap((portal) => mappingNodes(filtered, portal));
  const counts = mappings.map((node) => filteredMapping(filtered, node)?.count ?? 0);
  return {
    capabilities: counts.reduce((sum, count) => sum + count, 0),
    servers: mappings.length,
    portals: portals.length,
  };
}

function countLeft({ state, findings }: TreeContext, filter: Filter): Left {
  const left = shownAccounts(state)
    .flatMap(({ account, collections }) =>
      [...collections.server.items.values()].map(({ optimistic }) =>
        filterServer(
          optimistic,
          filter,
          findings.of({ accountId: account.id, serverId: optimistic.id }),
        ),
      ),
    )
    .filter(({ isShown }) => isShown);
  return {
    capabilities: left.reduce((sum, { count }) => sum + count, 0),
    servers: left.length,
  };
}
