import * as l10n from "@vscode/l10n";
import type { Client } from "../client.ts";
import { NAMINGS } from "../naming.ts";
import { TYPESCRIPT_SDK } from "./typeScriptSdk.ts";

const NAME_MOST = NAMINGS.gemini.most;

/** Gemini CLI, and the Gemini API behind it. */
export const gemini: Client = {
  id: "gemini",
  name: "Gemini",
  rules: [
    ...TYPESCRIPT_SDK,
    {
      match: { of: "construct", kind: "enumNotString" },
      effect: "refused",
      loses: "request",
      why: () => l10n.t("The Gemini API takes texts alone in an enum, and refuses the request."),
      source: "Gemini API, Schema.enum is a list of strings",
      since: "2025",
    },
    {
      match: { of: "keyword", among: new Set(["propertyNames", "exclusiveMinimum"]) },
      effect: "refused",
      loses: "request",
      why: () => l10n.t("The Gemini API doesn't know the keyword, and refuses the request."),
      source: "Gemini API, Schema has no such field",
      since: "2025",
    },
    {
      match: { of: "nameForm", form: /^[^0-9]/ },
      effect: "refused",
      loses: "request",
      why: () => l10n.t("The Gemini API takes names that start with a letter or _."),
      source: "Gemini API, FunctionDeclaration.name",
      since: "2025",
    },
    {
      match: { of: "nameLength" },
      effect: "altered",
      why: () => l10n.t("Gemini CLI cuts the middle of names over {0} characters.", NAME_MOST),
      source: "google-gemini/gemini-cli, generateValidName in mcp-tool.ts",
      since: "2025",
    },
    {
      match: { of: "promptName", form: /^\S*$/u },
      effect: "dropped",
      why: () => l10n.t("It can't be run as a slash command in Gemini CLI."),
      source: "google-gemini/gemini-cli, McpPromptLoader",
      since: "2025",
    },
  ],
};
