import * as vscode from "vscode";
import type { AccountId } from "../../domain/account.ts";
import type { Ref } from "../../domain/changes/change.ts";
import { portalRef } from "../../domain/portals/portalKind.ts";
import { serverRef } from "../../domain/servers/serverKind.ts";
import { portalsOf, serversOf, shownAccounts } from "../../engine/state.ts";
import type { CommandArguments, Row } from "../../target.ts";
import type { AppContext } from "../app.ts";
import { compareDocuments } from "../documents/index.ts";
import { nameOf } from "../edits/index.ts";
import { type Choice, pick } from "../targets/index.ts";

/**
 * Compares a server or portal with another of its kind, also of another account. The arrow of the
 * diff carries a line over to the one that the command was called on, and saving writes it. With two
 * rows selected it compares these.
 */
export async function compareWith(app: AppContext, args: CommandArguments): Promise<void> {
  const all = choicesIn(app, args.accountIds);
  const [one, ...selected] =
    args.rows?.flatMap(refOf) ??
    (await pick(all, vscode.l10n.t("Compare which server or portal?"), false, nothing()));
  if (one === undefined) {
    return;
  }
  const other = selected.find(({ kind }) => kind === one.kind) ?? (await askOther(app, one));
  if (other !== undefined) {
    await compareDocuments(other, one, `${inWords(app, other)} ↔ ${inWords(app, one)}`);
  }
}

function refOf(row: Row): readonly Ref[] {
  switch (row.kind) {
    case "server":
      return [serverRef(row.accountId, row.serverId)];
    case "portal":
      return [portalRef(row.accountId, row.portalId)];
    default:
      return [];
  }
}

async function askOther(app: AppContext, one: Ref): Promise<Ref | undefined> {
  const shown = shownAccounts(app.store.state).map(({ account }) => account.id);
  const others = choicesIn(app, shown).filter(
    ({ target: { accountId, kind, id } }) =>
      kind === one.kind && !(accountId === one.accountId && id === one.id),
  );
  const title = vscode.l10n.t("Compare {0} with what?", inWords(app, one));
  const [other] = await pick(others, title, false, nothing());
  return other;
}

function nothing(): string {
  return vscode.l10n.t("There is nothing to compare yet.");
}

/** Portals first, as on screen. */
function choicesIn(app: AppContext, accountIds: readonly AccountId[]): readonly Choice<Ref>[] {
  const { state } = app.store;
  return accountIds.flatMap((accountId) => {
    const account = state.accounts.get(accountId)?.account.name;
    const detail = accountIds.length > 1 && account !== undefined ? { detail: account } : {};
    return [
      ...[...portalsOf(state, accountId).values()].map(
        ({ optimistic: { id, name, hostname } }): Choice<Ref> => ({
          label: name,
          description: hostname,
          ...detail,
          target: portalRef(accountId, id),
        }),
      ),
      ...[...serversOf(state, accountId).values()].map(
        ({ optimistic: { id, name, hostname } }): Choice<Ref> => ({
          label: name,
          description: hostname,
          ...detail,
          target: serverRef(accountId, id),
        }),
      ),
    ];
  });
}

/** With the account where several are on screen. */
function inWords(app: AppContext, ref: Ref): string {
  const { state } = app.store;
  const name = nameOf(app, ref);
  const account = state.accounts.get(ref.accountId)?.account.name;
  return shownAccounts(state).length > 1 && account !== undefined ? `${name} (${account})` : name;
}
