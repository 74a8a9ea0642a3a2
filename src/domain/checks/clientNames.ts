import * as l10n from "@vscode/l10n";
import type { ExposedCapability } from "../catalogue/layers.ts";
import { type Hit, placeOf } from "./finding.ts";
import { type CapabilityRule, NAME_FIXES, NOTHING } from "./rule.ts";

/** A likely name: the user's own name for the portal in a client isn't known here. */
const PORTAL_IN_CLIENT = "cloudflare";
const CLAUDE_PREFIX = `mcp__${PORTAL_IN_CLIENT}__`;
export const OPENAI_MOST = 64;
export const CURSOR_MOST = 60 - PORTAL_IN_CLIENT.length;
export const CLAUDE_MOST = 128 - CLAUDE_PREFIX.length;

/** Source: OpenAI's function names, `^[a-zA-Z0-9_-]{1,64}$`. Cloudflare allows 32 + 1 + 40 = 73. */
export const over64: CapabilityRule = {
  of: "capability",
  id: "name/over-64",
  severity: "warning",
  fixes: NAME_FIXES,
  client: "openai",
  check: (shown) =>
    tooLong(shown, OPENAI_MOST, ({ exposedName }) =>
      l10n.t("{0} has {1} characters; OpenAI takes 64.", exposedName, exposedName.length),
    ),
};

const CLIENT_NAME = /^[a-zA-Z0-9_-]*$/;

/** Sources: OpenAI as above; Anthropic, `^[a-zA-Z0-9_-]{1,128}$`. */
export const clientCharacters: CapabilityRule = {
  of: "capability",
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
  id: "name/cursor-60",
  severity: "information",
  fixes: NAME_FIXES,
  client: "cursor",
  check: (shown) =>
    tooLong(shown, CURSOR_MOST, ({ exposedName }) =>
      l10n.t(
        "Cursor drops tools whose name and server's name have more than 60 characters together: {0}, if the portal is called {1} there.",
        exposedName.length + PORTAL_IN_CLIENT.length,
        PORTAL_IN_CLIENT,
      ),
    ),
};

/** Source: Claude Code's documentation, October 2026: a tool with a longer name is left out. */
export const claudeCode128: CapabilityRule = {
  of: "capability",
  id: "name/claude-code-128",
  severity: "information",
  fixes: NAME_FIXES,
  client: "claude-code",
  check: (shown) =>
    tooLong(shown, CLAUDE_MOST, ({ exposedName }) =>
      l10n.t(
        "Claude Code leaves out tools whose name has more than 128 characters there: {0}, if the portal is called {1}.",
        exposedName.length + CLAUDE_PREFIX.length,
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
