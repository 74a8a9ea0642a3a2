import * as l10n from "@vscode/l10n";
import type { Command } from "../command.ts";

export const exportFiles: Command = {
  name: "export",
  summary: () => l10n.t("write the account for another program"),
  options: () => [
    {
      form: "--terraform <dir>",
      words: l10n.t("Terraform's configuration, with what imports all that is there"),
    },
    {
      form: "--server-json <dir>",
      words: l10n.t("a server.json of the MCP registry for each server"),
    },
    { form: "--force", words: l10n.t("replace files that are there") },
  ],
  example: "export --terraform infra",
  async run(call) {
    const { exportFiles } = await import("../export/exportFiles.ts");
    return exportFiles(call);
  },
};
