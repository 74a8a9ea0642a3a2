import * as l10n from "@vscode/l10n";
import type { ExposedCapability } from "../catalogue/serverCatalogue.ts";
import type { ClientRule } from "../clients/client.ts";
import { PORTAL_IN_CLIENT } from "../clients/clientIds.ts";
import { rulesWhere } from "../clients/constructWords.ts";
import { longestExposedName, NAMINGS, nameOverhead } from "../clients/naming.ts";
import { type Hit, ON_NAME, placeOf } from "./finding.ts";
import { type CapabilityRule, NAME_FIXES, NOTHING, type ServerRule } from "./rule.ts";

export const OPENAI_MOST = longestExposedName("openai");
export const CURSOR_MOST = longestExposedName("cursor");
export const CLAUDE_MOST = longestExposedName("claude-code");

/** Source: OpenAI's function names, `^[a-zA-Z0-9_-]{1,64}$`. Cloudflare allows 32 + 1 + 40 = 73. */
export const over64: CapabilityRule = {
  of: "capability",
  value: "exposedName",
  id: "name/over-64",
  severity: "warning",
  fixes: NAME_FIXES,
  clients: ["openai"],
  check: (shown) =>
    tooLong(shown, OPENAI_MOST, ({ exposedName }) =>
      l10n.t("{0} has {1} characters; OpenAI takes 64.", exposedName, exposedName.length),
    ),
};

const CLIENT_NAME = /^[a-zA-Z0-9_-]*$/;

/** Sources: OpenAI as above; Anthropic, `^[a-zA-Z0-9_-]{1,128}$`. */
export const clientCharacters: CapabilityRule = {
  of: "capability",
  value: "exposedName",
  id: "name/client-characters",
  severity: "warning",
  fixes: NAME_FIXES,
  check(shown) {
    if (shown.kind !== "tool" || CLIENT_NAME.test(shown.exposedName)) {
      return NOTHING;
    }
    const message = l10n.t(
      "{0} has characters that OpenAI and Anthropic refuse: they take letters, digits, _ and -.",
      shown.exposedName,
    );
    return [{ message, ...placed(shown) }];
  },
};

/**
 * Source: awslabs/mcp #1283. Cursor drops a tool when its name and its server's are longer
 * together.
 */
export const cursor60: CapabilityRule = {
  of: "capability",
  value: "exposedName",
  id: "name/cursor-60",
  severity: "information",
  fixes: NAME_FIXES,
  clients: ["cursor"],
  check: (shown) =>
    tooLong(shown, CURSOR_MOST, ({ exposedName }) =>
      l10n.t(
        "Cursor drops tools whose name and server's name have more than 60 characters together: {0}, if the portal is called {1} there.",
        exposedName.length + nameOverhead(NAMINGS.cursor, PORTAL_IN_CLIENT),
        PORTAL_IN_CLIENT,
      ),
    ),
};

/** Source: Claude Code's documentation, October 2026: a tool with a longer name is left out. */
export const claudeCode128: CapabilityRule = {
  of: "capability",
  value: "exposedName",
  id: "name/claude-code-128",
  severity: "information",
  fixes: NAME_FIXES,
  clients: ["claude-code"],
  check: (shown) =>
    tooLong(shown, CLAUDE_MOST, ({ exposedName }) =>
      l10n.t(
        "Claude Code leaves out tools whose name has more than 128 characters there: {0}, if the portal is called {1}.",
        exposedName.length + nameOverhead(NAMINGS["claude-code"], PORTAL_IN_CLIENT),
        PORTAL_IN_CLIENT,
      ),
    ),
};

function tooLong(
  shown: ExposedCapability,
  most: number,
  message: (shown: ExposedCapability) => string,
): Iterable<Hit> {
  if (shown.kind !== "tool" || shown.exposedName.length <= most) {
    return NOTHING;
  }
  return [{ message: message(shown), ...placed(shown) }];
}

/** Points at the alias where there is one, because the exposed name is made from it. */
function placed({ kind, name, alias }: ExposedCapability): Pick<Hit, "subject" | "path"> {
  const subject = { kind, name };
  return { subject, path: placeOf(subject, alias === undefined ? undefined : "alias") };
}

const PROMPT_RULES = rulesWhere(({ match }) => match.of === "promptName");

/**
 * Source: Claude Code and Gemini CLI run a prompt as a slash command, and a space ends its name. An
 * alias mends it.
 */
export const promptCharacters: CapabilityRule = {
  of: "capability",
  value: "exposedName",
  id: "name/prompt-characters",
  severity: "warning",
  fixes: NAME_FIXES,
  clients: ["claude-code", "gemini"],
  check(shown) {
    const broken = shown.kind === "prompt" && PROMPT_RULES.some((rule) => breaks(rule, shown));
    if (!broken) {
      return NOTHING;
    }
    const message = l10n.t(
      "{0} has a space, so it can't be run as a slash command in Claude Code and Gemini CLI.",
      shown.exposedName,
    );
    return [{ message, ...placed(shown) }];
  },
};

function breaks({ match }: ClientRule, { exposedName }: ExposedCapability): boolean {
  return match.of === "promptName" && !match.form.test(exposedName);
}

/** Source: Gemini API, FunctionDeclaration.name. An alias doesn't help: the id stands first. */
export const leadingDigit: ServerRule = {
  of: "server",
  id: "name/leading-digit",
  severity: "warning",
  fixes: [],
  clients: ["gemini"],
  *check({ id }, { tools }) {
    if (!/^[0-9]/.test(id) || !tools.some(({ enabled }) => enabled)) {
      return;
    }
    const message = l10n.t(
      'The exposed names start with the digit of the server id "{0}". The Gemini API takes names that start with a letter or _. Register the server under another id.',
      id,
    );
    yield { message, path: ON_NAME };
  },
};
