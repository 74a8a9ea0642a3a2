import * as vscode from "vscode";
import type { AccountId } from "../../domain/account.ts";
import type { Ref } from "../../domain/changes/change.ts";
import { portalRef } from "../../domain/portals/portalKind.ts";
import { serverRef } from "../../domain/servers/serverKind.ts";
import { portalsOf, serversOf } from "../../engine/state.ts";
import type { CommandArguments, Row } from "../../target.ts";
import type { AppContext } from "../app.ts";
import { type Choice, distinct, pick } from "../targets/index.ts";

/**
 * The servers and portals to act on, each once. A row below a server or a portal stands for its
 * server. Asks for one when the command was called from the palette.
 */
export async function resourceTargets(
  app: AppContext,
  { rows, accountIds }: CommandArguments,
  title: string,
): Promise<readonly Ref[]> {
  if (rows !== undefined) {
    return distinct(rows.flatMap(refOf));
  }
  const picked = await pickResource(app, accountIds, title);
  return picked === undefined ? [] : [picked];
}

/** The servers and portals of rows. A row of an account stands for all that it has. */
export function resourceRefs(
  { store: { state } }: AppContext,
  rows: readonly Row[],
): readonly Ref[] {
  return distinct(
    rows.flatMap((row) =>
      row.kind === "account"
        ? [
            ...[...serversOf(state, row.accountId).keys()].map((id) =>
              serverRef(row.accountId, id),
            ),
            ...[...portalsOf(state, row.accountId).keys()].map((id) =>
              portalRef(row.accountId, id),
            ),
          ]
        : refOf(row),
    ),
  );
}

/** Asks for any of these accounts' portals and servers. */
export function pickResources(
  app: AppContext,
  accountIds: readonly AccountId[],
  title: string,
): Promise<readonly Ref[]> {
  return pick(resourceChoices(app, accountIds), title, true, noResources());
}

/** Asks for a portal or server of these accounts. Undefined where it was dismissed. */
export async function pickResource(
  app: AppContext,
  accountIds: readonly AccountId[],
  title: string,
): Promise<Ref | undefined> {
  const [picked] = await pick(resourceChoices(app, accountIds), title, false, noResources());
  return picked;
}

export function noResources(): string {
  return vscode.l10n.t("There are no portals and servers yet.");
}

interface Named {
  readonly name: string;
  readonly hostname: string;
}

/** Portals first, as on screen. */
export function resourceChoices(
  { store: { state } }: AppContext,
  accountIds: readonly AccountId[],
): readonly Choice<Ref>[] {
  return accountIds.flatMap((accountId) => {
    const account = state.accounts.get(accountId)?.account.name;
    const detail = accountIds.length > 1 && account !== undefined ? { detail: account } : {};
    const choice = (target: Ref, { name, hostname }: Named): Choice<Ref> => ({
      label: name,
      description: hostname,
      ...detail,
      target,
    });
    return [
      ...[...portalsOf(state, accountId).values()].map(({ optimistic }) =>
        choice(portalRef(accountId, optimistic.id), optimistic),
      ),
      ...[...serversOf(state, accountId).values()].map(({ optimistic }) =>
        choice(serverRef(accountId, optimistic.id), optimistic),
      ),
    ];
  });
}

function refOf(row: Row): readonly Ref[] {
  switch (row.kind) {
    case "account":
      return [];
    case "portal":
      return [portalRef(row.accountId, row.portalId)];
    default:
      return [serverRef(row.accountId, row.serverId)];
  }
}
