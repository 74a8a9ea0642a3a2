import * as l10n from "@vscode/l10n";
import type { Command } from "../command.ts";
import { folderOption, serversArgument } from "./arguments.ts";

export const accept: Command = {
  name: "accept",
  argument: serversArgument,
  summary: () => l10n.t("take the account's definitions into the lock file"),
  options: () => [folderOption()],
  example: "accept docs",
  async run(call) {
    const { accept } = await import("../review/accept.ts");
    return accept(call);
  },
};
