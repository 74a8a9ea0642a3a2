import * as vscode from "vscode";
import type { InputButton } from "../ui/forms/question.ts";

/** Where a person makes a token; an account's own tokens are linked from there. */
const TOKEN_PAGE = "https://dash.cloudflare.com/profile/api-tokens";

/** Opens the dashboard where tokens are made, and leaves whatever is open as it is. */
export function tokenPageButton(): InputButton<never> {
  return {
    iconPath: new vscode.ThemeIcon("link-external"),
    tooltip: vscode.l10n.t(
      "Make a token in the dashboard, with MCP Portals Read, or Write to make changes",
    ),
    press: () => {
      void vscode.env.openExternal(vscode.Uri.parse(TOKEN_PAGE));
      return undefined;
    },
  };
}
