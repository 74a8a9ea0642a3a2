import * as l10n from "@vscode/l10n";
import type { ClientRule } from "../client.ts";

const SOURCE = "@modelcontextprotocol/sdk 1.x, ToolSchema in types.ts";

/** What every client on the official TypeScript SDK 1.x shares: one tool costs the whole list. */
export const TYPESCRIPT_SDK: readonly ClientRule[] = [
  {
    match: { of: "construct", kind: "outputNotObject" },
    effect: "refused",
    loses: "list",
    why: () => l10n.t("Clients on the official TypeScript SDK lose the whole list of tools."),
    source: SOURCE,
    since: "1.11",
  },
  {
    match: { of: "construct", kind: "nullKeyword" },
    effect: "refused",
    loses: "list",
    why: () => l10n.t("Clients on the official TypeScript SDK lose the whole list of tools."),
    source: SOURCE,
    since: "1.11",
  },
];
