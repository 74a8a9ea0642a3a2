import * as vscode from "vscode";
import type { FieldValue } from "../../domain/changes/change.ts";
import { mappingField } from "../../domain/portals/fields.ts";
import { copied } from "../../domain/portals/membership.ts";
import { MOST_SERVERS } from "../../domain/portals/newPortal.ts";
import { notifyInformation } from "../../editor/notifications.ts";
import type { Dropped } from "../../editor/tree/dragAndDrop.ts";
import { findMapping, findPortal, findServer } from "../../engine/state.ts";
import type { PortalAddress, PortalTarget, ServerAddress } from "../../target.ts";
import type { AppContext } from "../app.ts";
import { portalChanges, saveEdits } from "../edits/index.ts";
import { tellUnpublished } from "../reach/index.ts";
import { isRow } from "../rows.ts";
import { isChangeable, portalName, serverName, tellAccountReadOnly } from "../targets/index.ts";

/** A server to add to a portal, with the values that it gets there. */
interface Addition extends ServerAddress {
  readonly values: readonly FieldValue[];
}

/** Servers are added as they are, servers of another portal with what that portal sets for them. */
export async function drop(app: AppContext, { onto, rows }: Dropped<PortalTarget>): Promise<void> {
  if (onto === undefined || onto.kind === "account") {
    void notifyInformation(vscode.l10n.t("Drop servers onto a portal to add them to it."));
    return;
  }
  const dragged = rows
    .filter(isRow)
    .filter((row) => row.kind === "server" || row.kind === "mapping");
  if (dragged.length === 0) {
    void notifyInformation(vscode.l10n.t("Only servers can be added to a portal."));
    return;
  }
  const additions = dragged.flatMap((row): readonly Addition[] => {
    if (row.kind === "server") {
      return [addition(row)];
    }
    const mapping = findMapping(app.store.state, row)?.mapping;
    // What another portal sets isn't known while the server's tools aren't.
    return mapping?.server === undefined ? [] : [{ ...row, values: copied(mapping) }];
  });
  if (additions.length < dragged.length) {
    void notifyInformation(vscode.l10n.t("Not all of this is fetched yet. Try again in a moment."));
    return;
  }
  await attach(app, { accountId: onto.accountId, portalId: onto.portalId }, additions);
}

/** With all tools, as Cloudflare adds a server. */
export function addition({ accountId, serverId }: ServerAddress): Addition {
  return { accountId, serverId, values: [{ field: mappingField(serverId, "mapped"), to: true }] };
}

/**
 * Adds servers to a portal in one write, and says which can't be added. Ends with why users don't see
 * what was added, where that is so.
 */
export async function attach(
  app: AppContext,
  portal: PortalAddress,
  all: readonly Addition[],
): Promise<void> {
  const { state } = app.store;
  const mapped = findPortal(state, portal)?.optimistic.mappings;
  if (!isChangeable(app, portal)) {
    tellAccountReadOnly(app, portal);
    return;
  }
  if (mapped === undefined) {
    void notifyInformation(vscode.l10n.t("{0} is no longer there.", portal.portalId));
    return;
  }
  const own = all.filter(({ accountId }) => accountId === portal.accountId);
  const known = own.filter(
    ({ accountId, serverId }) => findServer(state, accountId, serverId) !== undefined,
  );
  const [there, absent] = [true, false].map((is) =>
    known.filter(({ serverId }) => mapped.has(serverId) === is),
  );
  const added = [...new Map(absent?.map((each) => [each.serverId, each])).values()];
  const isTooMany = added.length > 0 && mapped.size + added.length > MOST_SERVERS;
  const name = portalName(app, portal);
  const sentences = [
    ...(own.length < all.length
      ? [vscode.l10n.t("{0} takes servers of its own account only.", name)]
      : []),
    ...own
      .filter((each) => !known.includes(each))
      .map(({ serverId }) => vscode.l10n.t("{0} is no longer there.", serverId)),
    ...alreadyThere(app, there ?? [], name),
    ...(isTooMany
      ? [
          vscode.l10n.t(
            "A portal has at most {0} servers; {1} has {2}.",
            MOST_SERVERS,
            name,
            mapped.size,
          ),
        ]
      : []),
  ];
  if (sentences.length > 0) {
    void notifyInformation(sentences.join(" "));
  }
  if (!isTooMany && added.length > 0) {
    await saveEdits(
      app,
      portalChanges(
        app,
        portal,
        added.flatMap(({ values }) => values),
      ),
      "published",
    );
    await tellUnpublished(
      app,
      portal,
      added.map(({ serverId }) => serverId),
    );
  }
}

function alreadyThere(
  app: AppContext,
  [first, ...more]: readonly Addition[],
  portal: string,
): readonly string[] {
  if (first === undefined) {
    return [];
  }
  return [
    more.length === 0
      ? vscode.l10n.t(
          "{0} is in {1} already.",
          serverName(app, first.accountId, first.serverId),
          portal,
        )
      : vscode.l10n.t("{0} of these servers are in {1} already.", more.length + 1, portal),
  ];
}
