import * as vscode from "vscode";
import { FILTERS, type Filter, type FilterKind, NO_FILTER } from "../../domain/filter.ts";
import { VIEWS } from "../../manifest.ts";
import type { CommandArguments, Target } from "../../target.ts";
import type { ServersContext } from "../servers/index.ts";
import {
  leftInPortalsInWords,
  leftInWords,
  treeContextOf,
  visibleAccounts,
} from "../targets/index.ts";

/** The most servers whose filtered rows are expanded: about as many as fit on a screen. */
const FEW = 20;

/** Filters the rows. A script gives the kinds: "disabled, overridden, problems". */
export async function filter(app: ServersContext, { text }: CommandArguments): Promise<void> {
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

export function clearFilter(app: ServersContext): void {
  app.store.filter(NO_FILTER);
}

async function ask(app: ServersContext): Promise<Filter | undefined> {
  const context = treeContextOf(app);
  const picked = await vscode.window.showQuickPick(
    FILTERS.map((only) => {
      const inPortals = leftInPortalsInWords(context, new Set([only]));
      return {
        label: filterLabel(only),
        description: leftInWords(context, new Set([only])),
        // Large accounts have more to say than a line has room for.
        ...(inPortals !== undefined && { detail: inPortals }),
        picked: context.state.filter.has(only),
        only,
      };
    }),
    {
      title: vscode.l10n.t("Filter servers and portals"),
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

/** Expands the filtered servers if they are few. With many, the list of servers is enough. */
async function openFew(app: ServersContext): Promise<void> {
  const servers = visibleAccounts(treeContextOf(app)).flatMap(({ account, serverIds }) =>
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
  // Starts with the last one, because each is scrolled into view.
  for (const server of servers.toReversed()) {
    await app.serversView.reveal(server, { select: false, focus: false, expand: 2 });
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
