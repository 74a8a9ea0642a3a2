import * as vscode from "vscode";
import {
  FILTERS,
  type Filter,
  type FilterKind,
  filterServer,
  NO_FILTER,
} from "../../domain/filter.ts";
import { shownAccounts } from "../../engine/state.ts";
import { type CommandArguments, type Target, VIEWS } from "../../manifest.ts";
import type { App } from "../app.ts";
import { screenOf } from "../commands/targets.ts";
import { type TreeContext, visibleAccounts } from "../servers/nodes.ts";

/** As many servers fit on a screen with what is left of them. */
const FEW = 20;

/** Leaves the rows that are of interest. A script names them: "disabled, overridden, problems". */
export async function filter(app: App, { text }: CommandArguments): Promise<void> {
  const chosen = text === undefined ? await ask(app) : read(text);
  if (chosen === undefined) {
    return;
  }
  app.store.filter(chosen);
  await vscode.commands.executeCommand(`${VIEWS.servers}.focus`);
  if (chosen.size > 0) {
    await openFew(app);
  }
}

export function clearFilter(app: App): void {
  app.store.filter(NO_FILTER);
}

async function ask(app: App): Promise<Filter | undefined> {
  const screen = screenOf(app);
  const picked = await vscode.window.showQuickPick(
    FILTERS.map((kind) => ({
      label: filterLabel(kind),
      description: leftInWords(screen, new Set([kind])),
      picked: screen.state.filter.has(kind),
      only: kind,
    })),
    {
      title: vscode.l10n.t("Filter the servers"),
      placeHolder: vscode.l10n.t("Rows of any ticked kind are shown; without a tick, all rows"),
      canPickMany: true,
    },
  );
  return picked && new Set(picked.map(({ only }) => only));
}

function read(text: string): Filter {
  const words = new Set(text.split(/[\s,]+/u));
  return new Set(FILTERS.filter((kind) => words.has(kind)));
}

/** Nobody filters to see closed rows; of many, the servers say enough. */
async function openFew(app: App): Promise<void> {
  const servers = visibleAccounts(screenOf(app)).flatMap(({ account, serverIds }) =>
    serverIds.map(
      (serverId): Target => ({
        kind: "server",
        accountId: account.account.id,
        serverId,
      }),
    ),
  );
  if (servers.length > FEW) {
    return;
  }
  // From the last one, because each is scrolled to.
  for (const server of servers.toReversed()) {
    await app.tree.reveal(server, { select: false, focus: false, expand: 2 });
  }
}

function filterLabel(kind: FilterKind): string {
  switch (kind) {
    case "disabled":
      return vscode.l10n.t("Disabled");
    case "overridden":
      return vscode.l10n.t("Overridden");
    case "problems":
      return vscode.l10n.t("With problems");
  }
}

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

/** What the filter on screen leaves; undefined without one. */
export function filterInWords(screen: TreeContext): string | undefined {
  const { filter } = screen.state;
  if (filter.size === 0) {
    return undefined;
  }
  const predicates = FILTERS.filter((kind) => filter.has(kind)).map(predicate);
  const words = new Intl.ListFormat(vscode.env.language, { type: "disjunction" }).format(
    predicates,
  );
  const { capabilities, servers } = countLeft(screen, filter);
  return servers === 0
    ? vscode.l10n.t("Nothing here {0}. Clear the filter to see everything.", words)
    : vscode.l10n.t("Showing only what {0}: {1}.", words, countsInWords(capabilities, servers));
}

/** How many tools, prompts and servers a filter leaves, or would leave. */
function leftInWords(screen: TreeContext, filter: Filter): string {
  const { capabilities, servers } = countLeft(screen, filter);
  return countsInWords(capabilities, servers);
}

function countsInWords(capabilities: number, servers: number): string {
  const counted = servers === 1 ? vscode.l10n.t("1 server") : vscode.l10n.t("{0} servers", servers);
  // A server can be shown for a problem of its own.
  if (capabilities === 0) {
    return counted;
  }
  return capabilities === 1
    ? vscode.l10n.t("{0} with 1 tool or prompt", counted)
    : vscode.l10n.t("{0} with {1} tools and prompts", counted, capabilities);
}

function countLeft(
  { state, problems }: TreeContext,
  filter: Filter,
): { readonly capabilities: number; readonly servers: number } {
  const left = shownAccounts(state)
    .flatMap(({ account, servers }) =>
      [...servers.values()].map(({ optimistic }) =>
        filterServer(
          optimistic,
          filter,
          problems.of({ accountId: account.id, serverId: optimistic.id }),
        ),
      ),
    )
    .filter(({ isShown }) => isShown);
  return {
    capabilities: left.reduce((sum, { count }) => sum + count, 0),
    servers: left.length,
  };
}
