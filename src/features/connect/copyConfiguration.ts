import * as vscode from "vscode";
import { CONFIGURED_CLIENTS, type ConfiguredClient } from "../../domain/clients/configurations.ts";
import type { Portal } from "../../domain/portals/portal.ts";
import { escapeItem } from "../../editor/escape.ts";
import { notifyInformation } from "../../editor/notifications.ts";
import type { CommandArguments } from "../../target.ts";
import type { AppContext } from "../app.ts";
import { type ChosenPortal, onePortal } from "../targets/index.ts";

/**
 * Copies what a client's configuration needs to reach a portal. It has no credential in it. A script
 * gives the client's name.
 */
export async function copyConfiguration(app: AppContext, args: CommandArguments): Promise<void> {
  const title = vscode.l10n.t("Copy the configuration of which portal?");
  const chosen = await onePortal(app, args, title);
  if (chosen === undefined) {
    return;
  }
  const client =
    args.text === undefined
      ? await pickClient(chosen.portal)
      : CONFIGURED_CLIENTS.find(({ name }) => name === args.text);
  if (client !== undefined) {
    await copyFor(app, chosen, client);
  }
}

async function copyFor(
  app: AppContext,
  chosen: ChosenPortal,
  client: ConfiguredClient,
): Promise<void> {
  const { target, portal } = chosen;
  try {
    const session = app.sessions.get(target.accountId);
    const endpoint = await session?.surroundings.portalEndpoint(portal);
    if (endpoint === undefined) {
      return;
    }
    await vscode.env.clipboard.writeText(client.text({ id: portal.id, url: endpoint.href }));
    void notifyInformation(
      vscode.l10n.t(
        "Copied {0} for {1}. It belongs into {2}; merge it with what is there.",
        portal.name,
        client.name,
        client.file,
      ),
    );
  } catch (error) {
    const what = vscode.l10n.t("The address of {0} couldn't be told.", portal.name);
    void app.reporter.reportFailure(what, error, () => copyFor(app, chosen, client));
  }
}

async function pickClient(portal: Portal): Promise<ConfiguredClient | undefined> {
  const items = CONFIGURED_CLIENTS.map((client) => ({
    ...escapeItem({ label: client.name, description: client.file }),
    client,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t("Copy the configuration of {0} for…", portal.name),
    placeHolder: vscode.l10n.t("Which client?"),
  });
  return picked?.client;
}
