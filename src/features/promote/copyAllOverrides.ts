import * as vscode from "vscode";
import { listed } from "../../base/text.ts";
import {
  mappingOverridesCopied,
  overridesCopied,
  portalOverridesCopied,
} from "../../domain/catalogue/copiedOverrides.ts";
import type { ChangeSet, Ref } from "../../domain/changes/change.ts";
import { PORTAL } from "../../domain/portals/portal.ts";
import { portalRef } from "../../domain/portals/portalKind.ts";
import { SERVER } from "../../domain/servers/server.ts";
import { notifyInformation } from "../../editor/notifications.ts";
import { findMapping, findPortal, findServer, isReadOnly } from "../../engine/state.ts";
import type { CommandArguments, MappingTarget, Row } from "../../target.ts";
import type { AppContext } from "../app.ts";
import { nameOf, portalChanges, saveEdits, serverChanges } from "../edits/index.ts";
import { pickResources, resourceChoices, resourceRefs } from "../resources/index.ts";
import { confirmPreview } from "../selection/index.ts";
import { type Choice, pick } from "../targets/index.ts";

/**
 * Copies every override of servers or portals to others: to another one, or of several to those of the
 * same ids in another account. Shows the plan as a diff and asks once; one undo takes all back.
 */
export async function copyAllOverrides(app: AppContext, args: CommandArguments): Promise<void> {
  const mappings = (args.rows ?? []).filter(isMapping);
  const refs =
    args.rows === undefined
      ? await pickResources(app, args.accountIds, vscode.l10n.t("Copy the overrides of which?"))
      : resourceRefs(
          app,
          args.rows.filter((row) => !isMapping(row)),
        );
  const [first] = mappings.length > 0 ? mappings.map(portalOf) : refs;
  if (first === undefined) {
    return;
  }
  const kind = first.kind === PORTAL ? PORTAL : SERVER;
  const from = refs.filter((ref) => ref.kind === kind);
  const target = await askTarget(app, mappings.length > 0 ? mappings.map(portalOf) : from, kind);
  if (target === undefined) {
    return;
  }
  const pairs = pairsOf(app, from, target);
  const changeSets = [
    ...pairs.flatMap(({ source, to }) => copiedChanges(app, source, to)),
    ...("id" in target ? mappedChanges(app, mappings, target) : []),
  ];
  tellMissing(app, from, pairs, target);
  if (changeSets.length === 0) {
    void notifyInformation(vscode.l10n.t("There is no override to copy that isn't there already."));
  } else if (await confirmPreview(app, changeSets)) {
    await saveEdits(app, changeSets);
  }
}

/** One resource, or all of an account. */
type CopyTarget = Ref | { readonly accountId: string };

function isMapping(row: Row): row is MappingTarget {
  return row.kind === "mapping";
}

function portalOf({ accountId, portalId }: MappingTarget): Ref {
  return portalRef(accountId, portalId);
}

async function askTarget(
  app: AppContext,
  from: readonly Ref[],
  kind: Ref["kind"],
): Promise<CopyTarget | undefined> {
  const { state } = app.store;
  const writable = [...state.accounts.keys()].filter((id) => !isReadOnly(state, id));
  const sources = new Set(from.map(({ accountId, id }) => JSON.stringify([accountId, id])));
  const isSeveral = sources.size > 1;
  const accounts = writable
    .filter((id) => from.some(({ accountId }) => accountId !== id))
    .map(
      (accountId): Choice<CopyTarget> => ({
        label: state.accounts.get(accountId)?.account.name ?? accountId,
        description: vscode.l10n.t("those of the same ids in this account"),
        target: { accountId },
      }),
    );
  const others = resourceChoices(app, writable).filter(
    ({ target }) =>
      target.kind === kind && !sources.has(JSON.stringify([target.accountId, target.id])),
  );
  const [only] = from;
  const title =
    only === undefined || isSeveral
      ? vscode.l10n.t("Copy all overrides to…")
      : vscode.l10n.t("Copy all overrides of {0} to…", nameOf(app, only));
  const choices: readonly Choice<CopyTarget>[] = [...accounts, ...(isSeveral ? [] : others)];
  const none = vscode.l10n.t("There is nothing to copy them to.");
  const [target] = await pick(choices, title, false, none);
  return target;
}

interface Pair {
  readonly source: Ref;
  readonly to: Ref;
}

function pairsOf(app: AppContext, from: readonly Ref[], target: CopyTarget): readonly Pair[] {
  return from.flatMap((source) => {
    const to: Ref = "id" in target ? target : { ...source, accountId: target.accountId };
    const isSource = to.accountId === source.accountId && to.id === source.id;
    return isSource || !isThere(app, to) ? [] : [{ source, to }];
  });
}

function isThere({ store: { state } }: AppContext, { accountId, kind, id }: Ref): boolean {
  return kind === PORTAL
    ? findPortal(state, { accountId, portalId: id }) !== undefined
    : findServer(state, accountId, id) !== undefined;
}

function copiedChanges(app: AppContext, source: Ref, to: Ref): readonly ChangeSet[] {
  const { state } = app.store;
  if (source.kind === PORTAL) {
    const [one, other] = [source, to].map(
      ({ accountId, id }) => findPortal(state, { accountId, portalId: id })?.optimistic,
    );
    return one === undefined || other === undefined
      ? []
      : portalChanges(
          app,
          { accountId: to.accountId, portalId: to.id },
          portalOverridesCopied(one, other),
        );
  }
  const [one, other] = [source, to].map(
    ({ accountId, id }) => findServer(state, accountId, id)?.optimistic,
  );
  return one === undefined || other === undefined
    ? []
    : serverChanges(
        app,
        { accountId: to.accountId, serverId: to.id },
        overridesCopied(one, other),
      ).filter(({ changes }) => changes.length > 0);
}

/** Of servers in a portal, all to one other portal. */
function mappedChanges(
  app: AppContext,
  mappings: readonly MappingTarget[],
  { accountId, kind, id }: Ref,
): readonly ChangeSet[] {
  const portal = findPortal(app.store.state, { accountId, portalId: id })?.optimistic;
  if (kind !== PORTAL || portal === undefined) {
    return [];
  }
  const values = mappings.flatMap((target) => {
    const found = findMapping(app.store.state, target);
    return found === undefined ? [] : mappingOverridesCopied(found.mapping, portal);
  });
  return portalChanges(app, { accountId, portalId: id }, values);
}

/** What has no counterpart gets nothing, and Compare With… can create a server there. */
function tellMissing(
  app: AppContext,
  from: readonly Ref[],
  pairs: readonly Pair[],
  { accountId }: CopyTarget,
): void {
  const found = new Set(pairs.map(({ source }) => source));
  const missing = from.filter((ref) => !found.has(ref) && ref.accountId !== accountId);
  if (missing.length > 0) {
    void notifyInformation(
      vscode.l10n.t(
        "{0} has none of these ids: {1}. Compare With… creates a server there.",
        app.store.state.accounts.get(accountId)?.account.name ?? accountId,
        listed(missing.map(({ id }) => id)),
      ),
    );
  }
}
