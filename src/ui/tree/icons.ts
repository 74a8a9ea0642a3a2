import * as vscode from "vscode";
import type { ServerState } from "../../store/state.ts";

/** Each status has a shape of its own, so that nothing hangs on colour alone. */
export function statusIcon({ server, sync }: ServerState): vscode.ThemeIcon {
  if (sync === "running") return new vscode.ThemeIcon("sync~spin");
  if (sync === "waiting") return new vscode.ThemeIcon("ellipsis");
  switch (server.status) {
    case "ready":
      return coloured("pass", "testing.iconPassed");
    case "error":
      return coloured("error", "list.errorForeground");
    case "stale":
      return coloured("warning", "list.warningForeground");
    case "waiting":
      return new vscode.ThemeIcon(server.authType === "oauth" ? "lock" : "circle-outline");
    default:
      return new vscode.ThemeIcon("question");
  }
}

function coloured(icon: string, color: string): vscode.ThemeIcon {
  return new vscode.ThemeIcon(icon, new vscode.ThemeColor(color));
}
