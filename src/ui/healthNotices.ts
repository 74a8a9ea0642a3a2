import * as vscode from "vscode";
import type { Account } from "../model/account.ts";
import { diagnose } from "../model/doctor/diagnose.ts";
import type { Server } from "../model/server.ts";
import { sayWarning } from "./say.ts";
import { remedyAction } from "./serverRemedies.ts";

/** Tells once that servers which were ready aren't any more, with one action. */
export class HealthNotices {
  readonly #told = new Set<string>();

  tell(account: Account, servers: readonly Server[]): void {
    const news = servers.filter((server) => !this.#told.has(keyOf(account, server)));
    for (const server of news) this.#told.add(keyOf(account, server));
    const [only, second] = news;
    if (only === undefined) return;
    void (second === undefined ? tellOfOne(account, only) : tellOfMany(news.length));
  }
}

/** The same failure until the server has been well in between. */
function keyOf({ id }: Account, server: Server): string {
  const { status, error, lastSuccessfulSync } = server;
  return JSON.stringify([id, server.id, status, error, lastSuccessfulSync]);
}

async function tellOfOne({ id: accountId }: Account, server: Server): Promise<void> {
  const advice = diagnose(server);
  if (advice === undefined) return;
  const target = { kind: "server", accountId, serverId: server.id } as const;
  const action = remedyAction(advice.remedy, target);
  const chosen = await sayWarning(
    vscode.l10n.t("{0} has stopped working. {1}", server.name, advice.sentence),
    action.title,
  );
  if (chosen !== undefined) {
    await vscode.commands.executeCommand(action.command, ...action.arguments);
  }
}

async function tellOfMany(count: number): Promise<void> {
  const chosen = await sayWarning(
    vscode.l10n.t("{0} MCP servers have stopped working.", count),
    vscode.l10n.t("Show Problems"),
  );
  if (chosen !== undefined) await vscode.commands.executeCommand("workbench.actions.view.problems");
}
