import * as vscode from "vscode";
import { dnsDashboardUrl, portalsDashboardUrl, serverDashboardUrl } from "../../domain/account.ts";
import type { ReachAction } from "../../domain/reach/chain.ts";
import { COMMANDS } from "../../manifest.ts";
import type { ReachSubject } from "../../pages/reach/protocol.ts";
import type { Row } from "../../target.ts";

/** What the page itself does. */
type OwnAction = Extract<ReachAction, { kind: "ask" | "probe" }>;

export function isOutside(action: ReachAction): action is Exclude<ReachAction, OwnAction> {
  return action.kind !== "ask" && action.kind !== "probe";
}

/** Opens a page of the dashboard, or runs the command that helps. */
export async function act(
  subject: ReachSubject,
  action: Exclude<ReachAction, OwnAction>,
): Promise<void> {
  const { accountId, portalId } = subject;
  switch (action.kind) {
    case "openDns":
      return open(dnsDashboardUrl(accountId, action.zone));
    case "openPortals":
      return open(portalsDashboardUrl(accountId));
    case "openServer":
      return open(serverDashboardUrl(accountId, action.serverId));
    case "signIn":
      await vscode.commands.executeCommand(COMMANDS.signIn);
      return;
    case "sync":
      return run(COMMANDS.syncServer, { kind: "server", accountId, serverId: action.serverId });
    case "attach":
      return run(COMMANDS.attachServers, { kind: "portal", accountId, portalId });
    case "enable":
      return run(COMMANDS.enable, { accountId, portalId, serverId: action.serverId, ...action.of });
    case "enableOnServer":
      return run(COMMANDS.enable, { accountId, serverId: action.serverId, ...action.of });
    case "selectTools":
      return run(COMMANDS.selectTools, mapping(subject, action.serverId));
    case "useAdminCredential":
      return run(COMMANDS.useAdminCredential, mapping(subject, action.serverId));
    case "listMcpServers":
      await vscode.commands.executeCommand("workbench.mcp.listServer");
      return;
    case "showClients":
      return run(COMMANDS.showClients, rowOf(subject));
  }
}

function mapping({ accountId, portalId }: ReachSubject, serverId: string): Row {
  return { kind: "mapping", accountId, portalId, serverId };
}

function rowOf(subject: ReachSubject): Row {
  const { accountId, portalId, serverId, tool } = subject;
  if (serverId === undefined) {
    return { kind: "portal", accountId, portalId };
  }
  return tool === undefined
    ? mapping(subject, serverId)
    : { accountId, portalId, serverId, ...tool };
}

async function run(command: string, row: Row): Promise<void> {
  await vscode.commands.executeCommand(command, row);
}

async function open(url: string): Promise<void> {
  await vscode.env.openExternal(vscode.Uri.parse(url, true));
}
