import * as vscode from "vscode";
import type { CapabilityKind } from "../../domain/catalogue/capability.ts";
import type { Server } from "../../domain/servers/server.ts";
import type { SyncPhase } from "../../engine/state.ts";

/** Each status has its own shape, so that it doesn't depend on colour alone. */
export function statusIcon(
  server: Pick<Server, "status" | "authType">,
  phase: SyncPhase | undefined,
): vscode.ThemeIcon {
  if (phase === "running") {
    return new vscode.ThemeIcon("sync~spin");
  }
  if (phase === "waiting") {
    return new vscode.ThemeIcon("ellipsis");
  }
  switch (server.status) {
    case "ready":
      // The green of passed tests is too pale on a light background.
      return coloured("pass", "charts.green");
    case "error":
      return problemIcon("error");
    case "stale":
      return problemIcon("warning");
    case "waiting":
      return new vscode.ThemeIcon(server.authType === "oauth" ? "lock" : "circle-outline");
    default:
      return new vscode.ThemeIcon("question");
  }
}

export function capabilityIcon(kind: CapabilityKind): vscode.ThemeIcon {
  // Without a colour a symbol gets the theme's, which stands out more than an error's.
  return coloured(kind === "tool" ? "symbol-method" : "comment", "icon.foreground");
}

export function problemIcon(worst: "error" | "warning"): vscode.ThemeIcon {
  return worst === "error"
    ? coloured("error", "list.errorForeground")
    : coloured("warning", "list.warningForeground");
}

function coloured(icon: string, color: string): vscode.ThemeIcon {
  return new vscode.ThemeIcon(icon, new vscode.ThemeColor(color));
}
