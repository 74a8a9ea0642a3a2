import * as vscode from "vscode";
import type { Portal } from "../../domain/portals/portal.ts";
import { portalKind } from "../../domain/portals/portalKind.ts";
import { confirm } from "../../editor/notifications.ts";
import { findPortal } from "../../engine/state.ts";
import type { CommandArguments, PortalAddress } from "../../target.ts";
import type { AppContext } from "../app.ts";
import { deleteConfirmed } from "../deletion.ts";
import { portalTargets } from "../targets/index.ts";

/** A script confirms with the portal's id. */
export async function deletePortal(app: AppContext, args: CommandArguments): Promise<void> {
  const targets = await portalTargets(app, args, {
    title: vscode.l10n.t("Delete which portal?"),
    many: false,
  });
  for (const target of targets) {
    await deleteOne(app, target, args.text);
  }
}

async function deleteOne(
  app: AppContext,
  target: PortalAddress,
  text: string | undefined,
): Promise<void> {
  const { accountId, portalId } = target;
  const session = app.sessions.get(accountId);
  const portal = findPortal(app.store.state, target)?.optimistic;
  if (session === undefined || portal === undefined) {
    return;
  }
  if (text === portalId || (await isMeant(session.account.name, portal))) {
    const operations = {
      delete: async (id: string): Promise<void> => {
        await session.operations(portalKind).delete(id);
        // Nobody is asked for a portal that is gone, so its service token would stay until a sign-out.
        app.reporter.inBackground(
          vscode.l10n.t("VS Code wasn't disconnected from {0}.", portal.name),
          app.connected.disconnect(target),
        );
      },
    };
    await deleteConfirmed(app, { id: portalId, name: portal.name, operations });
  }
}

async function isMeant(account: string, portal: Portal): Promise<boolean> {
  const yes = vscode.l10n.t("Delete");
  const chosen = await confirm(
    vscode.l10n.t("Delete {0} from {1} at Cloudflare?", portal.name, account),
    [
      vscode.l10n.t("Clients lose {0} at once.", portal.hostname),
      portal.mappings.size === 1
        ? vscode.l10n.t("This deletes what it sets for 1 server. The server stays.")
        : vscode.l10n.t(
            "This deletes what it sets for {0} servers. The servers stay.",
            portal.mappings.size,
          ),
      vscode.l10n.t("Its DNS record and its Access application stay too. This can't be undone."),
    ].join("\n\n"),
    yes,
  );
  return chosen === yes;
}
