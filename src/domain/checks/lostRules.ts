import * as l10n from "@vscode/l10n";
import { listed } from "../../base/text.ts";
import type { Override, OverrideValues } from "../catalogue/overrides.ts";
import type { Exposing } from "../catalogue/serverCatalogue.ts";
import { overridesOf } from "../portals/fields.ts";
import type { LostOverride } from "../review/lostOverrides.ts";
import type { CapabilityRef } from "../servers/fields.ts";
import { type Hit, placeInPortal, placeOf } from "./finding.ts";
import type { LostRule, PortalRule } from "./rule.ts";

const LOST = {
  id: "review/lost-override",
  severity: "warning",
  fixes: ["restoreOverride", "carryOver"],
  command: "forgetLost",
} as const;

/** Kept when a sync dropped it, and told until somebody restores it or forgets it. */
export const lostOnServer: LostRule = {
  ...LOST,
  of: "lost",
  *check(server, all, renamedTo) {
    for (const lost of all) {
      const { of } = lost;
      const hit = stillLost(lost, {
        synced: of.kind === "tool" ? server.tools : server.prompts,
        overrides: of.kind === "tool" ? server.toolOverrides : server.promptOverrides,
        renamed: renamedTo(server.id, of),
      });
      if (hit !== undefined) {
        yield { ...hit, message: onServerInWords(hit, of.name), path: placeOf(of) };
      }
    }
  },
};

/** The same of a portal, where a write dropped it. */
export const lostInPortal: PortalRule = {
  ...LOST,
  of: "portal",
  *check({ mappings }, { serverOf, lost: all, renamedTo }) {
    for (const lost of all) {
      const { serverId, of } = lost;
      const mapping = mappings.get(serverId);
      const known: Exposing | undefined = mapping?.server ?? serverOf(serverId);
      const hit =
        mapping &&
        stillLost(lost, {
          synced: (of.kind === "tool" ? known?.tools : known?.prompts) ?? [],
          overrides: overridesOf(mapping, of.kind),
          renamed: renamedTo(serverId, of),
        });
      if (hit !== undefined) {
        const path = placeInPortal(serverId, placeOf(of));
        yield { ...hit, message: inPortalInWords(hit, of.name), mapping: serverId, path };
      }
    }
  },
};

/** Where an override was lost, as it is now. */
interface Layer {
  readonly synced: readonly { readonly name: string }[];
  readonly overrides: ReadonlyMap<string, Override>;
  /** The likely new name of the tool or prompt. */
  readonly renamed: string | undefined;
}

interface StillLost extends Pick<Hit, "severity"> {
  readonly subject: CapabilityRef;
  readonly lost: OverrideValues;
  readonly now: { readonly state: "back" | "gone" } | RenamedState;
}

interface RenamedState {
  readonly state: "renamed";
  readonly to: string;
}

/** Undefined where it is there again, under the old name or the new one. */
function stillLost({ of, values }: LostOverride, layer: Layer): StillLost | undefined {
  const { synced, overrides, renamed } = layer;
  const has = (name: string): boolean => synced.some((each) => each.name === name);
  const isBack = has(of.name);
  const to = !isBack && renamed !== undefined && has(renamed) ? renamed : undefined;
  const missing = withoutKnown(values, overrides.get(of.name));
  const lost = to === undefined ? missing : missing && withoutKnown(missing, overrides.get(to));
  if (lost === undefined) {
    return undefined;
  }
  if (to !== undefined) {
    return { subject: of, lost, now: { state: "renamed", to } };
  }
  return isBack
    ? { subject: of, lost, now: { state: "back" } }
    : // Nothing can be done about it but to forget it.
      { subject: of, lost, now: { state: "gone" }, severity: "information" };
}

/** What is lost without what there is meanwhile; undefined where nothing is left. */
function withoutKnown(
  { alias, description, enabled }: OverrideValues,
  now: Override | undefined,
): OverrideValues | undefined {
  const missing = {
    ...(typeof alias === "string" && now?.alias === undefined ? { alias } : {}),
    ...(typeof description === "string" && now?.description === undefined ? { description } : {}),
    ...(enabled === false && now?.enabled !== false ? { enabled } : {}),
  };
  return Object.keys(missing).length === 0 ? undefined : missing;
}

function onServerInWords({ now, lost }: StillLost, name: string): string {
  const was = inWords(lost);
  switch (now.state) {
    case "back":
      return l10n.t("{0} is back. A sync took what was set for it: {1}.", name, was);
    case "renamed":
      return l10n.t(
        "{0} is probably called {1} now, which has nothing of what was set for it: {2}.",
        name,
        now.to,
        was,
      );
    case "gone":
      return l10n.t("{0} is gone, and with it what was set for it: {1}.", name, was);
  }
}

function inPortalInWords({ now, lost }: StillLost, name: string): string {
  const was = inWords(lost);
  switch (now.state) {
    case "back":
      return l10n.t(
        "{0} is back. While it was gone, this portal lost what it had of it: {1}.",
        name,
        was,
      );
    case "renamed":
      return l10n.t(
        "{0} is probably called {1} now, which has nothing of what this portal had of it: {2}.",
        name,
        now.to,
        was,
      );
    case "gone":
      return l10n.t("{0} is gone, and with it what this portal had of it: {1}.", name, was);
  }
}

function inWords({ alias, description, enabled }: OverrideValues): string {
  return listed([
    ...(typeof alias === "string" ? [l10n.t('the alias "{0}"', alias)] : []),
    ...(typeof description === "string" ? [l10n.t('the description "{0}"', description)] : []),
    ...(enabled === false ? [l10n.t("that it is disabled")] : []),
  ]);
}
