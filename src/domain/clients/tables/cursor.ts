import * as l10n from "@vscode/l10n";
import type { Client } from "../client.ts";

const NAME_MOST = 60;

export const cursor: Client = {
  id: "cursor",
  name: "Cursor",
  naming: { prefix: () => "", counted: (server) => server.length },
  defers: { from: 1, source: "Cursor's documentation, October 2026", since: "October 2026" },
  rules: [
    {
      match: { of: "nameLength", most: NAME_MOST },
      effect: "dropped",
      why: () =>
        l10n.t(
          "Cursor drops tools whose name and server's name have more than {0} characters together.",
          NAME_MOST,
        ),
      source: "awslabs/mcp#1283",
      since: "2025",
    },
  ],
};
