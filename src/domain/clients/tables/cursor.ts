import * as l10n from "@vscode/l10n";
import type { Client } from "../client.ts";
import { NAMINGS } from "../naming.ts";

const NAME_MOST = NAMINGS.cursor.most;

export const cursor: Client = {
  id: "cursor",
  name: "Cursor",
  defers: { from: 1, source: "Cursor's documentation, October 2026", since: "October 2026" },
  rules: [
    {
      match: { of: "nameLength" },
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
