import * as vscode from "vscode";
import { catalogueOf } from "../../domain/catalogue/serverCatalogue.ts";
import type { ChangeSet } from "../../domain/changes/change.ts";
import { mappedCatalogueOf } from "../../domain/portals/exposure.ts";
import { PORTAL_FIELDS } from "../../domain/portals/fields.ts";
import { PORTAL, type Portal } from "../../domain/portals/portal.ts";
import { overridesText } from "../../domain/selection/overridesText.ts";
import { SERVER_FIELDS } from "../../domain/servers/fields.ts";
import { confirmDifferences, type Difference } from "../../editor/confirmDifferences.ts";
import { findMapping, findPortal, findServer, type State } from "../../engine/state.ts";
import type { AppContext } from "../app.ts";
import { nameOf } from "../edits/index.ts";

/** Shows what would be written as a diff, and asks once. The diff is closed with the answer. */
export function confirmPreview(
  app: AppContext,
  changeSets: readonly ChangeSet[],
): Promise<boolean> {
  const differences = changeSets.flatMap((changeSet): readonly Difference[] => {
    const shown = textsOf(app.store.state, changeSet);
    return shown === undefined ? [] : [{ path: fileName(nameOf(app, changeSet.ref)), ...shown }];
  });
  const what = inWords(changeSets);
  return confirmDifferences(differences, {
    tab: vscode.l10n.t("Preview of {0}", what),
    title: vscode.l10n.t("Apply {0}?", what),
    apply: vscode.l10n.t("Apply"),
    meaning: vscode.l10n.t("Undo Last Change takes all of it back"),
  });
}

/** Without separators and characters that can't be seen. */
function fileName(name: string): string {
  return `${name.toWellFormed().replace(/[/\\]|\p{C}/gu, "_")}.json`;
}

function inWords(changeSets: readonly ChangeSet[]): string {
  const count = changeSets.reduce((sum, { changes }) => sum + changes.length, 0);
  return changeSets.length === 1
    ? vscode.l10n.t("{0} changes", count)
    : vscode.l10n.t("{0} changes to {1} servers and portals", count, changeSets.length);
}

/** Undefined where the server or portal is gone. */
function textsOf(
  state: State,
  { ref: { kind, accountId, id }, changes }: ChangeSet,
): { readonly before: string; readonly after: string } | undefined {
  if (kind === PORTAL) {
    const portal = findPortal(state, { accountId, portalId: id })?.optimistic;
    return (
      portal && {
        before: portalText(state, accountId, portal),
        after: portalText(state, accountId, PORTAL_FIELDS.set(portal, changes)),
      }
    );
  }
  const server = findServer(state, accountId, id)?.optimistic;
  return (
    server && {
      before: overridesText([{ catalogue: catalogueOf(server) }]),
      after: overridesText([{ catalogue: catalogueOf(SERVER_FIELDS.set(server, changes)) }]),
    }
  );
}

function portalText(state: State, accountId: string, { id, mappings }: Portal): string {
  const parts = [...mappings.values()].flatMap((mapping) => {
    const { serverId } = mapping;
    const server = findMapping(state, { accountId, portalId: id, serverId })?.server;
    return server === undefined
      ? []
      : [{ serverId, catalogue: mappedCatalogueOf(mapping, server) }];
  });
  return overridesText(parts);
}
