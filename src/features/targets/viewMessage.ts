import * as vscode from "vscode";
import { about } from "../../base/text.ts";
import { isOffline } from "../../domain/apiError.ts";
import type { Resources } from "../../domain/resources/kinds.ts";
import { timeInWords } from "../../domain/servers/words.ts";
import { type AccountState, shownAccounts } from "../../engine/state.ts";
import type { TreeContext } from "./treeContext.ts";

/**
 * Sentences on the data that a view shows. Empty for an empty tree, because a message would hide the
 * welcome view, which says the same.
 * @param filtered what the filter leaves, in words
 */
export function viewMessage(
  { state }: TreeContext,
  kind: keyof Resources,
  filtered: string | undefined,
): string {
  const accounts = shownAccounts(state);
  if (accounts.every(({ collections }) => collections[kind].items.size === 0)) {
    return "";
  }
  const states = accounts.map((account) => {
    const words = statesInWords(account, kind).join(" ");
    return accounts.length === 1 || words === "" ? words : about(account.account.name, words);
  });
  return [...states, filtered].filter(Boolean).join(" ");
}

function statesInWords(
  { access, collections }: AccountState,
  kind: keyof Resources,
): readonly string[] {
  const { load, items } = collections[kind];
  const since = load.kind !== "loaded" && items.size > 0 ? load.lastGood : undefined;
  return [
    ...(access.refused
      ? [vscode.l10n.t("Cloudflare no longer accepts this sign-in, so what you see may be old.")]
      : []),
    ...(load.kind === "failed" && !access.refused
      ? [
          isOffline(load.error)
            ? vscode.l10n.t("Cloudflare can't be reached.")
            : vscode.l10n.t("Couldn't refresh."),
        ]
      : []),
    ...(since === undefined ? [] : [ageInWords(kind, since)]),
    ...(since !== undefined && load.kind === "loading" ? [vscode.l10n.t("Refreshing…")] : []),
    ...(access.readOnly && !access.refused
      ? [vscode.l10n.t("Read-only: the credential lacks the permission MCP Portals Write.")]
      : []),
  ];
}

function ageInWords(kind: keyof Resources, since: number): string {
  const time = timeInWords(since, vscode.env.language);
  return kind === "portal"
    ? vscode.l10n.t("Showing the portals as of {0}.", time)
    : vscode.l10n.t("Showing the servers as of {0}.", time);
}
