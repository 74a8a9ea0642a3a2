import * as vscode from "vscode";
import { listed, listedInShort } from "../../base/text.ts";
import type { Account } from "../../domain/account.ts";
import { catalogueOf } from "../../domain/catalogue/serverCatalogue.ts";
import { definitionOf } from "../../domain/servers/newServer.ts";
import type { Server } from "../../domain/servers/server.ts";
import { serverKind, serverRef } from "../../domain/servers/serverKind.ts";
import { toolsThenPrompts } from "../../domain/servers/words.ts";
import { confirm } from "../../editor/notifications.ts";
import { findServer, portalsOf } from "../../engine/state.ts";
import type { CommandArguments, ServerTarget } from "../../target.ts";
import type { AppContext } from "../app.ts";
import { type Deletion, deleteConfirmed } from "../edits/index.ts";
import { serverName, serverTargets } from "../targets/index.ts";

/**
 * Deletes servers only; on other rows the key does nothing. A script confirms with the server's id.
 */
export async function deleteServer(app: AppContext, args: CommandArguments): Promise<void> {
  if (args.rows?.some(({ kind }) => kind !== "server")) {
    return;
  }
  const targets = await serverTargets(app, args, {
    title: vscode.l10n.t("Delete which server?"),
    many: false,
  });
  const [only, second] = targets;
  if (second !== undefined) {
    await deleteSeveral(app, targets);
  } else if (only !== undefined) {
    await deleteOne(app, only, args.text);
  }
}

/** Asks once for all of them. */
async function deleteSeveral(app: AppContext, targets: readonly ServerTarget[]): Promise<void> {
  const deletions = targets.flatMap(({ accountId, serverId }): readonly Deletion[] => {
    const operations = app.sessions.get(accountId)?.operations(serverKind);
    const name = serverName(app, accountId, serverId);
    return operations === undefined
      ? []
      : [{ ref: serverRef(accountId, serverId), name, operations }];
  });
  const yes = vscode.l10n.t("Delete");
  const chosen = await confirm(
    vscode.l10n.t("Delete {0} servers at Cloudflare?", deletions.length),
    [
      listedInShort(deletions.map(({ name }) => name)),
      losersInWords(app, targets),
      vscode.l10n.t("This can't be undone. Save to Workspace… keeps their definitions."),
    ].join("\n\n"),
    yes,
  );
  if (chosen === yes) {
    await deleteConfirmed(app, deletions);
  }
}

function losersInWords({ store }: AppContext, targets: readonly ServerTarget[]): string {
  const byAccount = Map.groupBy(targets, ({ accountId }) => accountId);
  const losers = [...byAccount].flatMap(([accountId, servers]) =>
    [...portalsOf(store.state, accountId).values()].flatMap(({ optimistic: { name, mappings } }) =>
      servers.some(({ serverId }) => mappings.has(serverId)) ? [name] : [],
    ),
  );
  return losers.length === 0
    ? vscode.l10n.t("No portal has any of them.")
    : vscode.l10n.t("These portals lose some of them: {0}.", listedInShort(losers));
}

async function deleteOne(
  app: AppContext,
  target: ServerTarget,
  text: string | undefined,
): Promise<void> {
  const { accountId, serverId } = target;
  const session = app.sessions.get(accountId);
  const known = findServer(app.store.state, accountId, serverId)?.optimistic;
  if (session === undefined || known === undefined) {
    return;
  }
  // Read again, because the definition that is kept must not come from an earlier window's
  // snapshot.
  const operations = session.operations(serverKind);
  const server = await operations.reread(serverId).catch(() => known);
  const portals = await session.portalsOf(serverId).catch(() => undefined);
  if (text === serverId || (await confirmDeletion(session.account, server, portals))) {
    await deleteConfirmed(app, [
      { ref: serverRef(accountId, serverId), name: server.name, operations },
    ]);
  }
}

async function confirmDeletion(
  { name }: Account,
  server: Server,
  portals: readonly string[] | undefined,
): Promise<boolean> {
  const yes = vscode.l10n.t("Delete");
  const keep = vscode.l10n.t("Keep Definition and Delete");
  const chosen = await confirm(
    vscode.l10n.t("Delete {0} from {1} at Cloudflare?", server.name, name),
    whatGoes(server, portals),
    yes,
    keep,
  );
  if (chosen === keep) {
    await keepDefinition(server);
  }
  return chosen !== undefined;
}

function whatGoes(server: Server, portals: readonly string[] | undefined): string {
  const { tools, prompts } = catalogueOf(server);
  const overridden = [...tools, ...prompts].filter(({ override }) => override !== undefined);
  const gone = [
    ...(tools.length + prompts.length === 0
      ? []
      : [toolsThenPrompts(tools.length, prompts.length)]),
    ...(overridden.length === 0
      ? []
      : [vscode.l10n.t("the overrides of {0} of them", overridden.length)]),
    ...(server.authType === "unauthenticated" ? [] : [vscode.l10n.t("its stored credential")]),
  ];
  return [
    ...(gone.length === 0 ? [] : [vscode.l10n.t("This deletes: {0}.", listed(gone))]),
    portalsInWords(portals),
    vscode.l10n.t("This can't be undone. Its definition can be kept as a document."),
  ].join("\n\n");
}

function portalsInWords(portals: readonly string[] | undefined): string {
  if (portals === undefined) {
    return vscode.l10n.t("Portals that have it will lose it. Which ones couldn't be determined.");
  }
  return portals.length === 0
    ? vscode.l10n.t("No portal has it.")
    : vscode.l10n.t("These portals lose it: {0}.", listed(portals));
}

/** Opens the definition unsaved, so that the person decides where to save it. */
async function keepDefinition(server: Server): Promise<void> {
  const content = `${JSON.stringify(definitionOf(server), undefined, 2)}\n`;
  const document = await vscode.workspace.openTextDocument({ language: "json", content });
  await vscode.window.showTextDocument(document, { preview: false });
}
