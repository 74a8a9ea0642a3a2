import * as vscode from "vscode";
import { detached } from "../../domain/portals/membership.ts";
import { serverParts } from "../../domain/servers/words.ts";
import { escapeItem } from "../../editor/escape.ts";
import { notifyInformation } from "../../editor/notifications.ts";
import { findMapping, findPortal, findSync, serversOf } from "../../engine/state.ts";
import type { CommandArguments, MappingTarget, PortalAddress } from "../../target.ts";
import type { AppContext } from "../app.ts";
import { confirmDetach, portalChanges, saveEdits } from "../edits/index.ts";
import { mappingTargets, pickMany, portalName, portalTargets } from "../targets/index.ts";
import { addition, attach } from "./attach.ts";
import { deletePortal } from "./deletePortal.ts";

/** Adds servers to a portal, with all their tools. A script gives their ids. */
export async function attachServers(app: AppContext, args: CommandArguments): Promise<void> {
  const [portal] = await portalTargets(app, args, {
    title: vscode.l10n.t("Add servers to which portal?"),
    many: false,
  });
  if (portal === undefined) {
    return;
  }
  const ids = args.text === undefined ? await askServers(app, portal) : idsIn(args.text);
  const { accountId } = portal;
  await attach(
    app,
    portal,
    ids.map((serverId) => addition({ accountId, serverId })),
  );
}

async function askServers(app: AppContext, portal: PortalAddress): Promise<readonly string[]> {
  const { state } = app.store;
  const mapped = findPortal(state, portal)?.optimistic.mappings;
  const others = [...serversOf(state, portal.accountId).values()]
    .map(({ optimistic }) => optimistic)
    .filter(({ id }) => mapped?.has(id) === false);
  if (others.length === 0) {
    void notifyInformation(vscode.l10n.t("{0} has every server already.", portalName(app, portal)));
    return [];
  }
  const picked = await pickMany(
    others.map((server) =>
      escapeItem({
        label: server.name,
        description: serverParts(server, findSync(state, portal.accountId, server.id).phase).join(
          " · ",
        ),
        id: server.id,
      }),
    ),
    {
      title: vscode.l10n.t("Add servers to {0}", portalName(app, portal)),
      matchOnDescription: true,
    },
  );
  return picked.map(({ id }) => id);
}

function idsIn(text: string): readonly string[] {
  return [...new Set(text.split(/[\s,]+/u).filter(Boolean))];
}

/**
 * Takes servers out of portals. The same key deletes a portal on the portal's row. A script confirms
 * with the server's id.
 */
export async function detachServer(app: AppContext, args: CommandArguments): Promise<void> {
  if (args.rows?.some(({ kind }) => kind === "portal")) {
    return deletePortal(app, args);
  }
  const targets = await mappingTargets(app, args, {
    title: vscode.l10n.t("Remove which server from its portal?"),
    many: true,
    applies: () => true,
  });
  const [first] = targets;
  if (first === undefined || !(await isMeant(app, targets, args.text))) {
    return;
  }
  const portals = Map.groupBy(targets, ({ accountId, portalId }) => `${accountId}/${portalId}`);
  await saveEdits(
    app,
    [...portals.values()].flatMap((group) => {
      const [one] = group;
      const values = group.flatMap((target) => {
        const found = findMapping(app.store.state, target);
        return found === undefined ? [] : detached(found.mapping);
      });
      return one === undefined ? [] : portalChanges(app, one, values);
    }),
  );
}

async function isMeant(
  app: AppContext,
  targets: readonly MappingTarget[],
  text: string | undefined,
): Promise<boolean> {
  return text === undefined
    ? confirmDetach(app, targets)
    : targets.every(({ serverId }) => serverId === text);
}
