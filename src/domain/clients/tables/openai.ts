import * as l10n from "@vscode/l10n";
import type { Client } from "../client.ts";
import { NAMINGS } from "../naming.ts";

const NAME_MOST = NAMINGS.openai.most;

/** OpenAI's API, for programs that hand tools to it as they are. */
export const openai: Client = {
  id: "openai",
  name: "OpenAI API",
  limit: {
    most: 128,
    effect: "refused",
    why: () => l10n.t("OpenAI's API refuses the request."),
    source: "OpenAI's API reference, tools",
    since: "2025",
  },
  rules: [
    {
      match: { of: "construct", kind: "noProperties" },
      effect: "refused",
      loses: "request",
      why: () => l10n.t('OpenAI\'s API refuses the request: "object schema missing properties".'),
      source: "OpenAI's API, error invalid_function_parameters",
      since: "2025",
    },
    {
      match: { of: "nameLength" },
      effect: "refused",
      loses: "request",
      why: () => l10n.t("OpenAI's API takes names of at most {0} characters.", NAME_MOST),
      source: "OpenAI's function names, ^[a-zA-Z0-9_-]{1,64}$",
      since: "2025",
    },
    {
      match: { of: "nameForm", form: /^[a-zA-Z0-9_-]*$/ },
      effect: "refused",
      loses: "request",
      why: () => l10n.t("OpenAI's API takes letters, digits, _ and - in a name."),
      source: "OpenAI's function names, ^[a-zA-Z0-9_-]{1,64}$",
      since: "2025",
    },
    {
      match: { of: "descriptionLength", most: 1024 },
      effect: "refused",
      loses: "request",
      why: () => l10n.t("OpenAI's API refuses the request."),
      source: "getsentry/sentry-mcp#106; microsoft/genaiscript#1381",
      since: "2025",
    },
  ],
};
