import * as l10n from "@vscode/l10n";
import type { ExposedCapability } from "../catalogue/serverCatalogue.ts";
import { placeOf } from "./finding.ts";
import { type CapabilityRule, NOTHING, TEXT_FIXES } from "./rule.ts";

export const DESCRIPTION_MOST = 1024;
export const CLAUDE_TEXT_MOST = 2048;

/** Source: vscode #243919. The model is shown `<empty>` in its place. */
export const descriptionMissing: CapabilityRule = {
  of: "capability",
  value: "description",
  id: "description/missing",
  severity: "warning",
  fixes: TEXT_FIXES,
  check({ kind, name, description, resolved }) {
    if (description !== undefined && description.trim() !== "") {
      return NOTHING;
    }
    const subject = { kind, name };
    const message =
      kind === "tool"
        ? l10n.t("Without a description a model has to guess what this tool does.")
        : l10n.t("Without a description people have to guess what this prompt does.");
    const field = resolved.description.from === "upstream" ? undefined : "description";
    return [{ message, subject, path: placeOf(subject, field) }];
  },
};

/** Source: sentry-mcp #106, genaiscript #1381. OpenAI answers 400. */
export const descriptionOver1024: CapabilityRule = {
  of: "capability",
  value: "description",
  id: "description/over-1024",
  severity: "warning",
  fixes: TEXT_FIXES,
  check: (shown) =>
    longDescription(shown, DESCRIPTION_MOST, (length, most) =>
      l10n.t("The description has {0} characters; OpenAI takes {1}.", length, most),
    ),
};

/** Source: Claude Code's documentation, October 2026. */
export const descriptionOver2048: CapabilityRule = {
  of: "capability",
  value: "description",
  id: "description/over-2048",
  severity: "information",
  fixes: TEXT_FIXES,
  clients: ["claude-code"],
  check: (shown) =>
    shown.kind === "tool"
      ? longDescription(shown, CLAUDE_TEXT_MOST, (length, most) =>
          l10n.t(
            "The description has {0} characters; Claude Code cuts it after {1}.",
            length,
            most,
          ),
        )
      : NOTHING,
};

/** One problem where the description is longer than `most`. */
function longDescription(
  { kind, name, description, resolved }: ExposedCapability,
  most: number,
  inWords: (length: number, most: number) => string,
): ReturnType<CapabilityRule["check"]> {
  if (description === undefined || description.length <= most) {
    return NOTHING;
  }
  const subject = { kind, name };
  const field = resolved.description.from === "upstream" ? undefined : "description";
  return [{ message: inWords(description.length, most), subject, path: placeOf(subject, field) }];
}

/** Clients drop the tool. Source: MCP specification, server/tools. */
export const schemaInvalid: CapabilityRule = {
  of: "capability",
  id: "schema/invalid",
  severity: "error",
  fixes: ["disable"],
  command: "copyReport",
  check({ kind, name, capability }) {
    if (kind !== "tool") {
      return NOTHING;
    }
    const problem = schemaProblem(capability.source["inputSchema"]);
    if (problem === undefined) {
      return NOTHING;
    }
    const subject = { kind, name };
    return [{ message: problem, subject, path: placeOf(subject) }];
  },
};

function schemaProblem(schema: unknown): string | undefined {
  if (schema === undefined || schema === null) {
    return l10n.t("The tool has no input schema, so clients drop it.");
  }
  const isObject = typeof schema === "object" && "type" in schema && schema.type === "object";
  return isObject
    ? undefined
    : l10n.t("The tool's input schema isn't of the type \"object\", so clients drop it.");
}
