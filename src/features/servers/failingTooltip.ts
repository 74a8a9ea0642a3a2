import * as vscode from "vscode";
import type { Advice } from "../../domain/diagnosis/upstream.ts";
import { stalledInWords } from "../../domain/servers/frozen.ts";
import { type Server, shownUrl } from "../../domain/servers/server.ts";
import type { SyncReport } from "../../domain/servers/syncReport.ts";
import { authTypeInWords, statusInWords } from "../../domain/servers/words.ts";
import type { ToolCalls } from "../../domain/usage/toolCalls.ts";
import type { State } from "../../engine/state.ts";
import { COMMANDS } from "../../manifest.ts";
import type { Target } from "../../target.ts";
import { callsRow, time, tooltipOf, whenAndWho } from "../display/index.ts";
import { allowedRemedy } from "../problems/index.ts";

/**
 * What is wrong with a server, what helps, and what somebody asks next: since when, where, with which
 * credential, who touched it last, and whom it hits. The rest is behind Details.
 */
export function failingTooltip(
  server: Server,
  { sentence, remedy }: Advice,
  target: Target & { readonly kind: "server" },
  {
    state,
    calls,
    last,
  }: {
    readonly state: State;
    readonly calls: ToolCalls | undefined;
    readonly last: SyncReport | undefined;
  },
): vscode.MarkdownString {
  return tooltipOf(
    server.name,
    sentence,
    [
      [vscode.l10n.t("Status"), statusInWords(server)],
      [vscode.l10n.t("Last sync"), last?.kind === "stalled" ? stalledInWords(server) : undefined],
      [vscode.l10n.t("Last successful sync"), time(server.lastSuccessfulSync)],
      [vscode.l10n.t("URL"), shownUrl(server.hostname)],
      [vscode.l10n.t("Authentication"), authTypeInWords(server)],
      [vscode.l10n.t("Modified"), whenAndWho(server.modifiedAt, server.modifiedBy)],
      callsRow(calls),
    ],
    [
      allowedRemedy(state, remedy, target),
      { title: vscode.l10n.t("Details"), command: COMMANDS.showDetails, arguments: [target] },
    ],
  );
}
