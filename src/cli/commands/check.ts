import * as l10n from "@vscode/l10n";
import { listed } from "../../base/text.ts";
import { DEFAULT_TOLERATED, TOLERATED } from "../../domain/report/threshold.ts";
import type { Command } from "../command.ts";

export const check: Command = {
  name: "check",
  argument: {
    form: "[dir]",
    words: () => l10n.t("the folder of the files; without it the account alone is checked"),
  },
  summary: () => l10n.t("tell problems, and what isn't as it was accepted"),
  options: () => [
    { form: "--sarif <file>", words: l10n.t("write a SARIF 2.1.0 log too") },
    {
      form: "--format <format>",
      words: l10n.t("{0} for people, {1} for annotations of GitHub Actions", "text", "github"),
    },
    {
      form: "--max-severity <severity>",
      words: l10n.t(
        "the worst that passes: {0}; {1} unless given",
        listed(TOLERATED),
        DEFAULT_TOLERATED,
      ),
    },
    {
      form: "--budget <tokens>",
      words: l10n.t("the most tokens that the tools of a portal may take"),
    },
  ],
  example: "check portals --sarif check.sarif --max-severity warning",
  async run(call) {
    const { check } = await import("../check/check.ts");
    return check(call);
  },
};
