import * as l10n from "@vscode/l10n";
import { withDescription } from "../alterations.ts";
import type { Client } from "../client.ts";
import { NAMINGS } from "../naming.ts";
import { TYPESCRIPT_SDK } from "./typeScriptSdk.ts";

const NAME_MOST = NAMINGS["claude-code"].most;

const DESCRIPTION_MOST = 2048;

/** Claude Code, and Claude's API behind it. */
export const claudeCode: Client = {
  id: "claude-code",
  name: "Claude Code",
  defers: {
    from: 1,
    source: "Claude Code's documentation, October 2026",
    since: "October 2026",
  },
  rules: [
    ...TYPESCRIPT_SDK,
    {
      match: { of: "construct", kind: "topCombiner" },
      effect: "refused",
      loses: "request",
      why: () => l10n.t("Claude refuses the whole session because of it, and it can't go on."),
      source: "anthropics/claude-code#45106; makenotion/notion-mcp-server#340, #341",
      since: "2026",
    },
    {
      match: { of: "construct", kind: "propertyName" },
      effect: "refused",
      loses: "request",
      why: () =>
        l10n.t(
          "Claude takes names of 1 to 64 letters, digits, _, - and . and refuses the request.",
        ),
      source: "anthropics/claude-code#79418",
      since: "2026",
    },
    {
      match: { of: "nameLength" },
      effect: "dropped",
      why: () =>
        l10n.t("Claude Code leaves out tools whose name has more than {0} characters.", NAME_MOST),
      source: "Claude Code's documentation, October 2026",
      since: "October 2026",
    },
    {
      match: { of: "nameForm", form: /^[a-zA-Z0-9_-]*$/ },
      effect: "altered",
      why: () => l10n.t("Claude Code writes _ for what Claude's API doesn't take in a name."),
      source: "Anthropic's tool names, ^[a-zA-Z0-9_-]{1,128}$",
      since: "2025",
    },
    {
      match: { of: "descriptionLength", most: DESCRIPTION_MOST },
      effect: "altered",
      why: () => l10n.t("Claude Code cuts it after {0} characters.", DESCRIPTION_MOST),
      source: "Claude Code's documentation, October 2026",
      since: "October 2026",
      alter: withDescription((text) => text.slice(0, DESCRIPTION_MOST)),
    },
    {
      match: { of: "promptName", form: /^\S*$/u },
      effect: "dropped",
      why: () => l10n.t("It can't be run as a slash command in Claude Code."),
      source: "Claude Code, commands of MCP prompts",
      since: "2025",
    },
  ],
};
