import * as l10n from "@vscode/l10n";
import type { CommandOption } from "../command.ts";

/** The folder of the files, for the commands that work on all of them. */
export const folderArgument = {
  form: "[dir]",
  words: () => l10n.t("the folder of the files; by default the current one"),
};

/** The options that `plan` and `apply` share. */
export function planOptions(): readonly CommandOption[] {
  return [
    { form: "--prune", words: l10n.t("delete what has no file") },
    { form: "--force", words: l10n.t("write over what somebody has changed since the last pull") },
  ];
}

/** The servers that a command works on. */
export const serversArgument = {
  form: "[server...]",
  words: () => l10n.t("ids of servers; by default all"),
};

export function folderOption(): CommandOption {
  return {
    form: "--dir <dir>",
    words: l10n.t("the folder of the lock file; by default the current one"),
  };
}
