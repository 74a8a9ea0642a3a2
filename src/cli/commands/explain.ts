import * as l10n from "@vscode/l10n";
import { listed } from "../../base/text.ts";
import { CLIENTS } from "../../domain/clients/clientIds.ts";
import type { Command } from "../command.ts";

export const explain: Command = {
  name: "explain",
  argument: { form: "<portal>", words: () => l10n.t("the portal's id") },
  secondArgument: {
    form: "[tool]",
    words: () => l10n.t("a tool or prompt as clients name it, or a server's id"),
  },
  summary: () => l10n.t("say why users don't see a portal, a server of it or a tool"),
  options: () => [
    { form: "--email <address>", words: l10n.t("of the person who can't see it") },
    {
      form: "--service-token <id>",
      words: l10n.t("the id of the service token, not its client id"),
    },
    {
      form: "--client <client>",
      words: l10n.t("the client that they use: {0}", listed(CLIENTS)),
    },
    { form: "--probe", words: l10n.t("ask the portal's endpoint too") },
  ],
  example: "explain engineering",
  async run(call) {
    const { explainPortal } = await import("../explain/explainPortal.ts");
    return explainPortal(call);
  },
};
