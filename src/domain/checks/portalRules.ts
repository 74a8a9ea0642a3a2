import * as l10n from "@vscode/l10n";
import type { CapabilityKind } from "../catalogue/capability.ts";
import type { Override } from "../catalogue/overrides.ts";
import { catalogueOf, type Exposing } from "../catalogue/serverCatalogue.ts";
import { countOn } from "../portals/exposedTools.ts";
import { MOST_SERVERS } from "../portals/newPortal.ts";
import { orphanedOverrides } from "../portals/orphans.ts";
import type { Mapping } from "../portals/portal.ts";
import { type Hit, ON_NAME, placeInPortal, placeOf } from "./finding.ts";
import type { MappedRule, PortalRule } from "./rule.ts";

/** Servers from which on a portal is close to its limit. */
export const NEARLY_MOST_SERVERS = 70;

/** Cloudflare refuses a write that has it, so the next write of the portal drops it. */
export const portalOrphanOverride: PortalRule = {
  of: "portal",
  id: "portal/orphan-override",
  severity: "warning",
  fixes: ["carryOver", "removeOverride"],
  *check({ mappings }, { serverOf }) {
    for (const mapping of mappings.values()) {
      const known = mapping.server ?? serverOf(mapping.serverId);
      yield* orphans(mapping, "tool", known);
      yield* orphans(mapping, "prompt", known);
    }
  },
};

function* orphans(
  mapping: Mapping,
  kind: CapabilityKind,
  server: Exposing | undefined,
): Iterable<Hit> {
  for (const override of orphanedOverrides(mapping, kind, server)) {
    if (!saysMore(override, mapping)) {
      continue;
    }
    const subject = { kind, name: override.name };
    const message =
      kind === "tool"
        ? l10n.t(
            "The server no longer has a tool {0}, so the next write of this portal drops its override.",
            override.name,
          )
        : l10n.t(
            "The server no longer has a prompt {0}, so the next write of this portal drops its override.",
            override.name,
          );
    const { serverId } = mapping;
    yield { message, subject, mapping: serverId, path: placeInPortal(serverId, placeOf(subject)) };
  }
}

/** An allowlist has an entry for each tool. One that says what the default says means nothing. */
function saysMore(
  { alias, description, enabled }: Override,
  { defaultDisabled }: Mapping,
): boolean {
  return (
    alias !== undefined ||
    description !== undefined ||
    (enabled !== undefined && enabled === defaultDisabled)
  );
}

/** Users of a portal look in vain for a server of which nothing is on. */
export const portalNothingEnabled: PortalRule = {
  of: "portal",
  id: "portal/nothing-enabled",
  severity: "information",
  fixes: ["enableAll"],
  command: "removeServer",
  *check({ mappings }, { serverOf }) {
    for (const mapping of mappings.values()) {
      const server = serverOf(mapping.serverId);
      if (server !== undefined && hasNothingOn(mapping, server)) {
        const message = l10n.t("Nothing of this server is enabled in this portal.");
        yield { message, mapping: mapping.serverId, path: placeInPortal(mapping.serverId) };
      }
    }
  },
};

function hasNothingOn(mapping: Mapping, server: Exposing): boolean {
  return catalogueOf(server).count > 0 && countOn(mapping, server) === 0;
}

export const portalEmpty: PortalRule = {
  of: "portal",
  id: "portal/empty",
  severity: "information",
  fixes: [],
  command: "addServers",
  *check({ mappings }) {
    if (mappings.size === 0) {
      yield { message: l10n.t("This portal has no servers."), path: ON_NAME };
    }
  },
};

/** Source of the limit: Cloudflare docs, "Limitations". */
export const portalNearLimit: PortalRule = {
  of: "portal",
  id: "portal/near-limit",
  severity: "warning",
  fixes: [],
  command: "removeServer",
  *check({ mappings }) {
    if (mappings.size > NEARLY_MOST_SERVERS) {
      const message = l10n.t(
        "This portal has {0} of at most {1} servers.",
        mappings.size,
        MOST_SERVERS,
      );
      yield { message, path: ["servers"] };
    }
  },
};

export const unusedServer: MappedRule = {
  of: "mapped",
  id: "portal/unused-server",
  severity: "information",
  fixes: [],
  command: "addToPortal",
  *check(_server, isMapped) {
    if (!isMapped) {
      yield { message: l10n.t("No portal has this server, so nobody reaches it."), path: ON_NAME };
    }
  },
};
