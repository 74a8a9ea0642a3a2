import * as l10n from "@vscode/l10n";
import { listed } from "../../base/text.ts";
import type { CapabilityKind } from "../catalogue/capability.ts";
import { catalogueOf, type Exposing } from "../catalogue/layers.ts";
import type { Override, OverrideValues } from "../catalogue/overrides.ts";
import { countOn } from "../portals/exposedTools.ts";
import { overridesOf } from "../portals/fields.ts";
import type { LostOverride } from "../portals/lostOverrides.ts";
import { MOST_SERVERS } from "../portals/newPortal.ts";
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
  fixes: ["removeOverride"],
  *check({ mappings }, { serverOf }) {
    for (const mapping of mappings.values()) {
      const known = mapping.server ?? serverOf(mapping.serverId);
      // Before the first sync every override would look orphaned.
      if (known !== undefined && known.tools.length + known.prompts.length > 0) {
        yield* orphans(mapping, "tool", known.tools);
        yield* orphans(mapping, "prompt", known.prompts);
      }
    }
  },
};

function* orphans(
  mapping: Mapping,
  kind: CapabilityKind,
  synced: readonly { readonly name: string }[],
): Iterable<Hit> {
  const overrides = overridesOf(mapping, kind);
  if (overrides.size === 0) {
    return;
  }
  const names = new Set(synced.map(({ name }) => name));
  for (const override of overrides.values()) {
    if (names.has(override.name) || !saysMore(override, mapping)) {
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

/** Kept when a write dropped it, and told until somebody brings it back or forgets it. */
export const lostOverride: PortalRule = {
  of: "portal",
  id: "review/lost-override",
  severity: "warning",
  fixes: ["bringBack"],
  command: "forgetLost",
  *check({ mappings }, { serverOf, lost }) {
    for (const each of lost) {
      const mapping = mappings.get(each.serverId);
      if (mapping !== undefined) {
        yield* stillLost(mapping, serverOf(each.serverId), each);
      }
    }
  },
};

function* stillLost(
  mapping: Mapping,
  server: Exposing | undefined,
  { of, values }: LostOverride,
): Iterable<Hit> {
  const missing = withoutKnown(values, overridesOf(mapping, of.kind).get(of.name));
  if (missing === undefined) {
    return;
  }
  const { serverId } = mapping;
  const known = mapping.server ?? server;
  const synced = of.kind === "tool" ? known?.tools : known?.prompts;
  const isBack = synced?.some(({ name }) => name === of.name) === true;
  const was = inWords(missing);
  yield {
    message: isBack
      ? l10n.t(
          "{0} is back. While it was gone, this portal lost what it had of it: {1}.",
          of.name,
          was,
        )
      : l10n.t("{0} is gone, and with it what this portal had of it: {1}.", of.name, was),
    subject: of,
    mapping: serverId,
    path: placeInPortal(serverId, placeOf(of)),
    lost: missing,
    // Nothing can be done about it but to forget it.
    ...(isBack ? {} : { severity: "information" }),
  };
}

/** What is lost without what the portal has meanwhile; undefined where nothing is left. */
function withoutKnown(
  { alias, description }: OverrideValues,
  now: Override | undefined,
): OverrideValues | undefined {
  const missing = {
    ...(typeof alias === "string" && now?.alias === undefined ? { alias } : {}),
    ...(typeof description === "string" && now?.description === undefined ? { description } : {}),
  };
  return Object.keys(missing).length === 0 ? undefined : missing;
}

function inWords({ alias, description }: OverrideValues): string {
  return listed([
    ...(typeof alias === "string" ? [l10n.t('the alias "{0}"', alias)] : []),
    ...(typeof description === "string" ? [l10n.t('the description "{0}"', description)] : []),
  ]);
}
