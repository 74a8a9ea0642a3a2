import * as vscode from "vscode";
import { addressParts } from "../../base/text.ts";
import type { DefinitionChange } from "../../domain/review/changes.ts";
import type { CapabilityTarget } from "../../target.ts";

const ROW_SCHEME = "mcp-portals-change";

/** A name may hold any character, so it is in the query and not in the path. */
export function changeRowUri(
  { kind, accountId, serverId, name }: CapabilityTarget,
  how: DefinitionChange["how"],
): vscode.Uri {
  const query = JSON.stringify([how, kind, accountId, serverId, name]);
  return vscode.Uri.from({ scheme: ROW_SCHEME, path: "/row", query });
}

/** Marks changes by letter, colour and words, as source control does. */
export const CHANGE_DECORATIONS: vscode.FileDecorationProvider = {
  provideFileDecoration: ({ scheme, query }) => {
    if (scheme !== ROW_SCHEME) {
      return undefined;
    }
    switch (addressParts(query)[0]) {
      case "added":
        return decoration("A", vscode.l10n.t("Added"), "added");
      case "changed":
        return decoration("M", vscode.l10n.t("Modified"), "modified");
      case "removed":
        return decoration("D", vscode.l10n.t("Deleted"), "deleted");
      case "renamed":
        return decoration("R", vscode.l10n.t("Probably renamed"), "renamed");
      default:
        return undefined;
    }
  },
};

function decoration(badge: string, tooltip: string, colour: string): vscode.FileDecoration {
  const color = new vscode.ThemeColor(`gitDecoration.${colour}ResourceForeground`);
  return { badge, tooltip, color, propagate: false };
}
