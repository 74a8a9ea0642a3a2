import * as l10n from "@vscode/l10n";
import type { Command } from "../command.ts";
import { folderArgument, planOptions } from "./arguments.ts";

export const apply: Command = {
  name: "apply",
  argument: folderArgument,
  summary: () => l10n.t("make the account as the files say"),
  options: () => [
    { form: "--yes", words: l10n.t("write without asking") },
    ...planOptions(),
    {
      form: "--credentials",
      words: l10n.t("send the credentials that files name, from the environment"),
    },
  ],
  example: "apply portals --yes",
  async run(call) {
    const { apply } = await import("../apply/apply.ts");
    return apply(call);
  },
};
