import * as vscode from "vscode";
import { listedInShort } from "../../base/text.ts";
import type { Portal } from "../../domain/portals/portal.ts";
import { portalKind, portalRef } from "../../domain/portals/portalKind.ts";
import { confirm } from "../../editor/notifications.ts";
import type { Session } from "../../engine/session.ts";
import { findPortal } from "../../engine/state.ts";
import type { CommandArguments, PortalAddress } from "../../target.ts";
import type { AppContext } from "../app.ts";
import { type Deletion, deleteConfirmed } from "../edits/index.ts";
import { portalTargets } from "../targets/index.ts";

/** A script confirms with the portal's id. */
export async function deletePortal(app: AppContext, args: CommandArguments): Promise<void> {
  const targets = await portalTargets(app, args, {
    title: vscode.l10n.t("Delete which portal?"),
    many: false,
  });
  const doomed = targets.flatMap((target): readonly Doomed[] => {
    const session = app.sessions.get(target.accountId);
    const portal = findPortal(app.store.state, target)?.optimistic;
    return session === undefined || portal === undefined ? [] : [{ target, session, portal }];
  });
  const [first, second] = doomed;
  if (first === undefined) {
    return;
  }
  const isConfirmed =
    second === undefined
      ? args.text === first.portal.id || (await isMeant(first.session.account.name, first.portal))
      : await areMeant(doomed.map(({ portal }) => portal));
  if (isConfirmed) {
    await deleteConfirmed(
      app,
      doomed.map((each) => deletionOf(app, each)),
    );
  }
}

interface Doomed {
  readonly target: PortalAddress;
  readonly session: Session;
  readonly portal: Portal;
}

function deletionOf(app: AppContext, { target, session, portal }: Doomed): Deletion {
  const { id, name } = portal;
  const operations = {
    delete: async (): Promise<void> => {
      await session.operations(portalKind).delete(id);
      // Nobody is asked for a portal that is gone, so its service token would stay until a sign-out.
      app.reporter.inBackground(
        vscode.l10n.t("VS Code wasn't disconnected from {0}.", name),
        app.connected.disconnect(target),
      );
    },
  };
  return { ref: portalRef(target.accountId, id), name, operations };
}

/** Asks once for all of them. */
async function areMeant(portals: readonly Portal[]): Promise<boolean> {
  const yes = vscode.l10n.t("Delete");
  const chosen = await confirm(
    vscode.l10n.t("Delete {0} portals at Cloudflare?", portals.length),
    [
      listedInShort(portals.map(({ name }) => name)),
      vscode.l10n.t("Clients lose them at once. The servers stay."),
      vscode.l10n.t(
        "Their DNS records and their Access applications stay too. This can't be undone.",
      ),
    ].join("\n\n"),
    yes,
  );
  return chosen === yes;
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
