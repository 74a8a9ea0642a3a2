import * as l10n from "@vscode/l10n";
import type { Command } from "../command.ts";
import { folderArgument } from "./arguments.ts";

export const pull: Command = {
  name: "pull",
  argument: folderArgument,
  summary: () => l10n.t("write servers, portals and schemas as files, with the lock file"),
  options: () => [],
  example: "pull portals",
  async run(call) {
    const { pull } = await import("../pull/pull.ts");
    return pull(call);
  },
};
