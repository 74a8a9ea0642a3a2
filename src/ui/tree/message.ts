import * as vscode from "vscode";
import { isOffline } from "../../model/client/failure.ts";
import { about } from "../../model/sentence.ts";
import { type AccountState, shownAccounts } from "../../store/state.ts";
import { filterInWords } from "../filterWords.ts";
import { timeInWords } from "../words.ts";
import type { Screen } from "./screen.ts";

/**
 * What is to be known of the data on screen. Nothing for an empty tree: a message would hide the
 * welcome that says the same.
 */
export function messageOf(screen: Screen): string {
  const accounts = shownAccounts(screen.state);
  if (accounts.every(({ servers }) => servers.size === 0)) return "";
  const states = accounts.map((account) => {
    const words = statesInWords(account).join(" ");
    return accounts.length === 1 || words === "" ? words : about(account.account.name, words);
  });
  return [...states, filterInWords(screen)].filter(Boolean).join(" ");
}

function statesInWords({ access, load, servers }: AccountState): readonly string[] {
  const since = load.kind !== "loaded" && servers.size > 0 ? load.lastGood : undefined;
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
    ...(since === undefined
      ? []
      : [vscode.l10n.t("Showing the servers as of {0}.", timeInWords(since))]),
    ...(since !== undefined && load.kind === "loading" ? [vscode.l10n.t("Refreshing…")] : []),
    ...(access.readOnly && !access.refused
      ? [vscode.l10n.t("Read-only: the credential lacks the permission MCP Portals Write.")]
      : []),
  ];
}
