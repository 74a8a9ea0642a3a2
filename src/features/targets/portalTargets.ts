import * as vscode from "vscode";
import { mappedCatalogueOf } from "../../domain/portals/exposure.ts";
import type { Mapping } from "../../domain/portals/portal.ts";
import { contentsInWords } from "../../domain/servers/words.ts";
import { findMapping, findPortal, portalsOf } from "../../engine/state.ts";
import type { CommandArguments, MappingTarget, PortalAddress } from "../../target.ts";
import type { AppContext } from "../app.ts";
import { type PickOptions, pick } from "./pick.ts";
import { mappingName, mappingNodes } from "./portalNodes.ts";
import { distinct, treeContextOf } from "./resolve.ts";

interface PickMappingOptions extends PickOptions {
  /** The only portal whose mappings are offered; without it those of all are. */
  readonly among?: PortalAddress;
  /** True for mappings to offer. */
  applies(mapping: Mapping): boolean;
}

interface PickPortalOptions extends PickOptions {
  /** True for portals to offer; without it all are offered. */
  applies?(address: PortalAddress): boolean;
}

/** The portals to act on, each once. Asks when the command was called from the palette. */
export async function portalTargets(
  app: AppContext,
  { rows, accountIds }: CommandArguments,
  { title, many, applies = () => true }: PickPortalOptions,
): Promise<readonly PortalAddress[]> {
  if (rows !== undefined) {
    return distinct(
      rows.flatMap((row) =>
        row.kind === "portal" ? [{ accountId: row.accountId, portalId: row.portalId }] : [],
      ),
    );
  }
  const all = portalsIn(app, accountIds);
  return pick(
    all.filter(applies).map((target) => ({
      label: portalName(app, target),
      description: findPortal(app.store.state, target)?.optimistic.hostname ?? "",
      ...accountDetail(app, accountIds, target.accountId),
      target,
    })),
    title,
    many,
    all.length === 0
      ? vscode.l10n.t("There are no portals yet.")
      : vscode.l10n.t("There is no portal that this would change."),
  );
}

/** The servers of portals to act on, each once. Asks when called from the palette. */
export async function mappingTargets(
  app: AppContext,
  { rows, accountIds }: CommandArguments,
  { title, many, among, applies }: PickMappingOptions,
): Promise<readonly MappingTarget[]> {
  if (rows !== undefined) {
    return distinct(rows.flatMap((row) => (row.kind === "mapping" ? [row] : [])));
  }
  const { state } = app.store;
  const portals = among === undefined ? portalsIn(app, accountIds) : [among];
  const all = portals.flatMap((portal) =>
    mappingNodes(treeContextOf(app), { kind: "portal", ...portal }),
  );
  const choices = all.flatMap((target) => {
    const found = findMapping(state, target);
    if (found === undefined || !applies(found.mapping)) {
      return [];
    }
    const catalogue = found.server && mappedCatalogueOf(found.mapping, found.server);
    const counts = catalogue === undefined ? [] : [contentsInWords(catalogue)];
    return [
      {
        label: mappingName(state, target),
        description: [...(among === undefined ? [portalName(app, target)] : []), ...counts].join(
          " · ",
        ),
        ...accountDetail(app, accountIds, target.accountId),
        target,
      },
    ];
  });
  return pick(
    choices,
    title,
    many,
    all.length === 0
      ? vscode.l10n.t("No portal has a server yet.")
      : vscode.l10n.t("There is no server of a portal that this would change."),
  );
}

/** The portal's name for messages, or its id where it is gone. */
export function portalName(app: AppContext, address: PortalAddress): string {
  return findPortal(app.store.state, address)?.optimistic.name ?? address.portalId;
}

function portalsIn(app: AppContext, accountIds: readonly string[]): readonly PortalAddress[] {
  return accountIds.flatMap((accountId) =>
    [...portalsOf(app.store.state, accountId).keys()].map((portalId) => ({ accountId, portalId })),
  );
}

/** Names the account where there are several. */
function accountDetail(
  { store }: AppContext,
  accountIds: readonly string[],
  accountId: string,
): { readonly detail?: string } {
  const account = accountIds.length > 1 ? store.state.accounts.get(accountId)?.account : undefined;
  return account === undefined ? {} : { detail: account.name };
}
