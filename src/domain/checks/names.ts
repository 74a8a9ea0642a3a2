import * as l10n from "@vscode/l10n";
import { type NameIndex, nameIndexOf } from "../catalogue/aliases.ts";
import { aliasFormatProblem } from "../catalogue/names.ts";
import type { Catalogue, ExposedCapability } from "../catalogue/serverCatalogue.ts";
import type { Server } from "../servers/server.ts";
import { type Hit, ON_NAME, placeOf } from "./finding.ts";
import { type CapabilityRule, NAME_FIXES, NOTHING, type ServerRule } from "./rule.ts";

/** Source: Cloudflare docs, "Rename tools and prompts". */
export const aliasFormat: CapabilityRule = {
  of: "capability",
  value: "alias",
  id: "name/alias-format",
  severity: "error",
  fixes: NAME_FIXES,
  check({ alias, kind, name }) {
    const message = alias === undefined ? undefined : aliasFormatProblem(alias);
    if (message === undefined) {
      return NOTHING;
    }
    const subject = { kind, name };
    return [{ message, subject, path: placeOf(subject, "alias") }];
  },
};

/** Source: Cloudflare docs, "Rename tools and prompts". */
export const aliasDuplicate: ServerRule = {
  of: "server",
  id: "name/alias-duplicate",
  severity: "error",
  // Disabling is no fix here: a disabled tool's alias is still a duplicate.
  fixes: ["setAlias", "removeAlias"],
  *check(server, catalogue) {
    if (server.toolOverrides.size === 0 && server.promptOverrides.size === 0) {
      return;
    }
    const holders = nameIndexOf(catalogue);
    for (const shown of everyCapability(catalogue)) {
      const hit = duplicate(shown, holders);
      if (hit !== undefined) {
        yield hit;
      }
    }
  },
};

function duplicate(
  shown: ExposedCapability,
  holders: NameIndex<ExposedCapability>,
): Hit | undefined {
  const { alias, kind, name } = shown;
  if (alias === undefined || alias === name) {
    return undefined;
  }
  const other = holders.other(alias, shown);
  if (other === undefined) {
    return undefined;
  }
  const subject = { kind, name };
  const message =
    other.name === alias
      ? l10n.t('The alias "{0}" is the name of another tool or prompt of this server.', alias)
      : l10n.t('The alias "{0}" is also the alias of {1}.', alias, other.name);
  return { message, subject, path: placeOf(subject, "alias") };
}

/**
 * Source: Cloudflare docs, "Parsing namespaced names". The portal splits at the first underscore.
 */
export const serverIdUnderscore: ServerRule = {
  of: "server",
  id: "name/server-id-underscore",
  severity: "error",
  fixes: [],
  *check({ id }: Server) {
    if (!id.includes("_")) {
      return;
    }
    const message = l10n.t(
      'The server id "{0}" has an underscore, and a portal splits exposed names at the first one. Register the server under an id without it.',
      id,
    );
    yield { message, path: ON_NAME };
  },
};

/** Inferred from Cloudflare docs, "Portal-native tools". */
export const reservedPortal: ServerRule = {
  of: "server",
  id: "name/reserved-portal",
  severity: "warning",
  fixes: [],
  *check({ id }: Server) {
    if (id !== "portal") {
      return;
    }
    const message = l10n.t(
      "With the server id {0}, an exposed name can equal one of the portal's own tools, {1}. Register the server under another id.",
      id,
      "portal_…",
    );
    yield { message, path: ON_NAME };
  },
};

const SPEC_NAME = /^[A-Za-z0-9_.-]{1,128}$/;

/** Source: MCP specification 2025-11-25, server/tools, "Tool Names". */
export const specCharacters: CapabilityRule = {
  of: "capability",
  id: "name/spec-characters",
  severity: "warning",
  fixes: NAME_FIXES,
  check({ kind, name, alias }) {
    if (kind !== "tool" || alias !== undefined || SPEC_NAME.test(name)) {
      return NOTHING;
    }
    const subject = { kind, name };
    const message =
      name.length > 128
        ? l10n.t("The MCP specification allows 128 characters; this name has {0}.", name.length)
        : l10n.t("The MCP specification allows letters, digits, _, - and . in a tool's name.");
    return [{ message, subject, path: placeOf(subject) }];
  },
};

function* everyCapability({ tools, prompts }: Catalogue): Iterable<ExposedCapability> {
  yield* tools;
  yield* prompts;
}
