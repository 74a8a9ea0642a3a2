import * as vscode from "vscode";
import type { CommandArguments, Target } from "../../contributions.ts";
import type { Finding } from "../../model/checks/finding.ts";
import { shownAccounts } from "../../store/state.ts";
import { inertEntry } from "../../ui/inert.ts";
import { AccountNames } from "../../ui/problems/accountNames.ts";
import { type FindingRemedy, remediesOf, remedyKey } from "../../ui/problems/findingRemedies.ts";
import { findingsOfRow } from "../../ui/problems/rows.ts";
import { sayInformation } from "../../ui/say.ts";
import type { App } from "../app.ts";
import { serverName } from "../targets.ts";

/** All that can be done about the problems of a row; a script may name one by its title. */
export async function fixProblems(app: App, args: CommandArguments): Promise<void> {
  const remedies = choicesOf(app, args.rows ?? allServers(app));
  if (remedies.length === 0) {
    void sayInformation(vscode.l10n.t("There is no problem to fix here."));
    return;
  }
  const chosen =
    args.text === undefined
      ? await vscode.window.showQuickPick(remedies.map(inertEntry), {
          title: vscode.l10n.t("Fix which problem?"),
          matchOnDescription: true,
          matchOnDetail: true,
        })
      : remedies.find(({ title }) => title === args.text);
  if (chosen !== undefined)
    await vscode.commands.executeCommand(chosen.command, ...chosen.arguments);
}

interface Choice extends vscode.QuickPickItem, FindingRemedy {
  readonly detail: string;
}

/** A remedy of several problems is one choice, which tells all of them. */
function choicesOf(app: App, among: readonly Target[]): readonly Choice[] {
  const choices = new Map<string, Choice>();
  const names = new AccountNames(app.problems);
  for (const { remedy, finding } of among.flatMap((row) => offersOf(app, names, row))) {
    const key = remedyKey(remedy);
    const known = choices.get(key);
    choices.set(key, {
      ...(known ?? { ...remedy, label: remedy.title, description: whereOf(app, remedy) }),
      detail: known === undefined ? finding.message : `${known.detail} · ${finding.message}`,
    });
  }
  return [...choices.values()];
}

/** The tool or prompt, its server, and its account where there are several. */
function whereOf(app: App, { request: { accountId, serverId, name } }: FindingRemedy): string {
  const accounts = shownAccounts(app.store.state);
  const account = accounts.find((each) => each.account.id === accountId)?.account.name;
  const parts = [name, serverName(app, accountId, serverId), accounts.length > 1 ? account : ""];
  return parts.filter(Boolean).join(" · ");
}

function offersOf(
  { problems }: App,
  accounts: AccountNames,
  row: Target,
): readonly { readonly remedy: FindingRemedy; readonly finding: Finding }[] {
  if (row.kind === "account" || row.kind === "group") return [];
  const server = problems.server(row);
  if (server === undefined) return [];
  const names = accounts.of(row.accountId);
  const around = { server, names, clients: problems.settings.clients };
  return findingsOfRow(problems, row).flatMap((finding) =>
    remediesOf(problems, row, finding, around).map((remedy) => ({ remedy, finding })),
  );
}

function allServers({ store }: App): readonly Target[] {
  return shownAccounts(store.state).flatMap(({ account, servers }) =>
    [...servers.keys()].map((serverId) => ({
      kind: "server" as const,
      accountId: account.id,
      serverId,
    })),
  );
}
