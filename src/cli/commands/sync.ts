import * as l10n from "@vscode/l10n";
import type { Command } from "../command.ts";
import { folderOption, serversArgument } from "./arguments.ts";

export const sync: Command = {
  name: "sync",
  argument: serversArgument,
  summary: () => l10n.t("sync, and say what differs from what was accepted"),
  options: () => [
    { form: "--hold", words: l10n.t("turn new and changed tools off until they are accepted") },
    folderOption(),
  ],
  example: "sync docs --hold",
  async run(call) {
    const { sync } = await import("../review/sync.ts");
    return sync(call);
  },
};
