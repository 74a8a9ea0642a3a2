import * as vscode from "vscode";
import { checkHealth } from "../model/checks/health.ts";
import type { Account } from "../model/client/account.ts";
import { diagnose } from "../model/doctor/diagnose.ts";
import type { Server } from "../model/server/server.ts";
import { addIgnored } from "./problems/settings.ts";
import { sayWarning } from "./say.ts";
import { remedyAction } from "./serverRemedies.ts";

export async function tellOfOne({ id: accountId }: Account, server: Server): Promise<void> {
  const advice = diagnose(server);
  if (advice === undefined) return;
  const target = { kind: "server", accountId, serverId: server.id } as const;
  const action = remedyAction(advice.remedy, target);
  const ignore = vscode.l10n.t("Don't Tell Again");
  const chosen = await sayWarning(
    vscode.l10n.t("{0} has stopped working. {1}", server.name, advice.sentence),
    action.title,
    ignore,
  );
  if (chosen === action.title) {
    await vscode.commands.executeCommand(action.command, ...action.arguments);
  } else if (chosen === ignore) {
    for (const { rule } of checkHealth(server)) {
      await addIgnored({ rule, server: server.id, name: "" });
    }
  }
}

export async function tellOfMany(count: number): Promise<void> {
  const chosen = await sayWarning(
    vscode.l10n.t("{0} MCP servers have stopped working.", count),
    vscode.l10n.t("Show Problems"),
  );
  if (chosen !== undefined) await vscode.commands.executeCommand("workbench.actions.view.problems");
}
