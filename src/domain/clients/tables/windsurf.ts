import * as l10n from "@vscode/l10n";
import type { Client } from "../client.ts";

export const windsurf: Client = {
  id: "windsurf",
  name: "Windsurf",
  limit: {
    most: 100,
    effect: "dropped",
    why: () => l10n.t("Windsurf leaves out the tools after the first 100."),
    source: "Windsurf's documentation, Cascade, MCP",
    since: "2025",
  },
  rules: [],
};
