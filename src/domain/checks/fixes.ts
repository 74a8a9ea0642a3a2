import * as l10n from "@vscode/l10n";
import { about, listed } from "../../base/text.ts";
import { excerpt, visible, withoutControls, withoutHidden } from "../../base/unseen.ts";
import type { Override, OverrideValues } from "../catalogue/overrides.ts";
import {
  type Catalogue,
  catalogueOf,
  type ExposedCapability,
  type Exposing,
} from "../catalogue/serverCatalogue.ts";
import type { FieldValue } from "../changes/change.ts";
import { plainFieldInWords, valueInWords } from "../changes/fieldWords.ts";
import type { ClientId } from "../clients/clientIds.ts";
import { type MappedCatalogue, mappedCatalogueOf } from "../portals/exposure.ts";
import { mappedOverrideValues, overridesOf } from "../portals/fields.ts";
import type { Mapping, Portal } from "../portals/portal.ts";
import type { RenamedTo } from "../review/renames.ts";
import { type CapabilityRef, overrideValues } from "../servers/fields.ts";
import type { Server } from "../servers/server.ts";
import type { ExposedNames } from "./collisions.ts";
import type { Finding } from "./finding.ts";
import { proposeAlias } from "./proposeAlias.ts";

/** Fixes that change overrides or switches. */
export const FIX_KINDS = [
  "setAlias",
  "removeAlias",
  "stripHidden",
  "resetDescription",
  "removeOverride",
  "enableAll",
  "disable",
  "restoreOverride",
  "carryOver",
] as const;
export type FixKind = (typeof FIX_KINDS)[number];

export interface Fix {
  readonly kind: FixKind;
  readonly title: string;
  readonly values: readonly FieldValue[];
}

/** The server or the portal that a fix changes. */
export type FixContext = ServerFixContext | PortalFixContext;

interface ServerFixContext extends NamesInUse {
  readonly server: Server;
  readonly portal?: undefined;
}

interface PortalFixContext extends NamesInUse {
  readonly portal: Portal;
  /** What is known of a server that the portal exposes. */
  serverOf(serverId: string): Exposing | undefined;
}

interface NamesInUse {
  /** The exposed names of the account or the portal, including those of what is fixed. */
  readonly names: ExposedNames;
  readonly clients: ReadonlySet<ClientId>;
  /** Left out where nothing is known of renames. */
  readonly renamedTo?: RenamedTo;
}

/** The layer that a fix changes: a server's, or that of its mapping in a portal. */
interface FixedLayer extends NamesInUse {
  readonly serverId: string;
  /** The override of one that is gone too. */
  override(of: CapabilityRef): Override | undefined;
  /** The values that leave nothing of an override. */
  readonly cleared: OverrideValues;
  readonly catalogue: Catalogue;
  values(of: CapabilityRef, values: OverrideValues): readonly FieldValue[];
}

/** Describes a fix's change, for a list that a person reviews before confirming. */
export function fixInWords({ values }: Fix): string {
  const [first] = values;
  if (first === undefined || values.length > 3) {
    return l10n.t("{0} changes", values.length);
  }
  return listed(
    values.map(({ field, to }) =>
      about(
        plainFieldInWords(field.key),
        typeof to === "string" ? excerpt(to, 0, to.length) : valueInWords(field, to),
      ),
    ),
  );
}

/** The fixes for a finding, the most helpful first. */
export function fixesOf(finding: Finding, around: FixContext): readonly Fix[] {
  return (finding.fixes ?? []).flatMap((kind) => fixOf(kind, finding, around) ?? []);
}

export function fixOf(kind: FixKind, finding: Finding, around: FixContext): Fix | undefined {
  const { subject, mapping } = finding;
  if (around.portal !== undefined) {
    const known = mapping === undefined ? undefined : around.portal.mappings.get(mapping);
    return known && mappingFix(kind, finding, known, around);
  }
  const { server } = around;
  const layer = serverLayerOf(server, around);
  if (subject === undefined) {
    return kind === "enableAll" ? enableAll(layer, everyCapability(layer.catalogue)) : undefined;
  }
  if (kind === "removeOverride") {
    return removeOverride(overrideValues(subject, NO_OVERRIDE));
  }
  if (kind === "carryOver") {
    return carryOver(layer, subject, finding.lost);
  }
  const shown = layer.catalogue.find(subject.kind, subject.name);
  if (shown === undefined) {
    return undefined;
  }
  return kind === "restoreOverride"
    ? restoreOverride(layer, subject, finding.lost)
    : capabilityFix(kind, finding, shown, layer);
}

function mappingFix(
  kind: FixKind,
  finding: Finding,
  mapping: Mapping,
  around: PortalFixContext,
): Fix | undefined {
  const { serverId } = mapping;
  const { subject, lost } = finding;
  const server = around.serverOf(serverId);
  const layer = server && mappingLayerOf(mapping, server, around);
  if (subject === undefined) {
    // What the server has off, a portal may be unable to turn on.
    const able = everyCapability(layer?.catalogue).filter(({ onServer }) => onServer.enabled);
    return kind === "enableAll" && layer && able.length > 0 ? enableAll(layer, able) : undefined;
  }
  if (kind === "removeOverride") {
    return removeOverride(mappedOverrideValues(serverId, subject, clearedIn(mapping)));
  }
  if (kind === "carryOver") {
    return layer && carryOver(layer, subject, lost);
  }
  const shown = layer?.catalogue.find(subject.kind, subject.name);
  if (layer === undefined || shown === undefined) {
    return undefined;
  }
  return kind === "restoreOverride"
    ? restoreOverride(layer, subject, lost)
    : capabilityFix(kind, finding, shown, layer);
}

function serverLayerOf(server: Server, inUse: NamesInUse): FixedLayer {
  return {
    ...inUse,
    serverId: server.id,
    catalogue: catalogueOf(server),
    values: overrideValues,
    override: ({ kind, name }) =>
      (kind === "tool" ? server.toolOverrides : server.promptOverrides).get(name),
    cleared: NO_OVERRIDE,
  };
}

function mappingLayerOf(
  mapping: Mapping,
  server: Exposing,
  inUse: NamesInUse,
): FixedLayer & { readonly catalogue: MappedCatalogue } {
  const { serverId } = mapping;
  return {
    ...inUse,
    serverId,
    catalogue: mappedCatalogueOf(mapping, server),
    values: (of, values) => mappedOverrideValues(serverId, of, values),
    override: ({ kind, name }) => overridesOf(mapping, kind).get(name),
    cleared: clearedIn(mapping),
  };
}

function everyCapability<Shown>(
  catalogue: { readonly tools: readonly Shown[]; readonly prompts: readonly Shown[] } | undefined,
): readonly Shown[] {
  return catalogue === undefined ? [] : [...catalogue.tools, ...catalogue.prompts];
}

function enableAll(layer: FixedLayer, all: readonly ExposedCapability[]): Fix {
  const values = all.flatMap((shown) => layer.values(shown, { enabled: true }));
  return { kind: "enableAll", title: l10n.t("Enable All Tools and Prompts"), values };
}

const NO_OVERRIDE: OverrideValues = { alias: null, description: null, enabled: null };

/** A mapping has a state for everything: without an override that is its default. */
function clearedIn({ defaultDisabled }: Mapping): OverrideValues {
  return { ...NO_OVERRIDE, enabled: !defaultDisabled };
}

function removeOverride(values: readonly FieldValue[]): Fix {
  return { kind: "removeOverride", title: l10n.t("Remove Override"), values };
}

function restoreOverride(
  layer: FixedLayer,
  subject: CapabilityRef,
  lost: OverrideValues | undefined,
): Fix | undefined {
  if (lost === undefined) {
    return undefined;
  }
  return {
    kind: "restoreOverride",
    title: l10n.t("Restore Override"),
    values: layer.values(subject, lost),
  };
}

/**
 * Sets under the new name what was set under the old one, but for what the new one has of its own.
 * @param lost undefined where Cloudflare still has it under the old name
 */
function carryOver(
  layer: FixedLayer,
  subject: CapabilityRef,
  lost: OverrideValues | undefined,
): Fix | undefined {
  const { kind } = subject;
  const name = layer.renamedTo?.(layer.serverId, subject);
  const isThere = (of: string): boolean => layer.catalogue.find(kind, of) !== undefined;
  const from = lost ?? layer.override(subject);
  if (name === undefined || from === undefined || isThere(subject.name) || !isThere(name)) {
    return undefined;
  }
  const own = layer.override({ kind, name });
  const { alias, description, enabled } = from;
  const values = layer.values(
    { kind, name },
    {
      ...(alias != null && own?.alias === undefined ? { alias } : {}),
      ...(description != null && own?.description === undefined ? { description } : {}),
      ...(enabled === false ? { enabled } : {}),
    },
  );
  return values.length === 0
    ? undefined
    : {
        kind: "carryOver",
        title: l10n.t("Carry Over Overrides to {0}", visible(name)),
        values: lost === undefined ? [...values, ...layer.values(subject, layer.cleared)] : values,
      };
}

/** The fix of a kind for one tool or prompt; undefined where it would change nothing. */
function capabilityFix(
  kind: FixKind,
  finding: Finding,
  shown: ExposedCapability,
  layer: FixedLayer,
): Fix | undefined {
  switch (kind) {
    case "setAlias":
      return aliasFix(finding, shown, layer);
    case "removeAlias":
      if (shown.alias === undefined) {
        return undefined;
      }
      return {
        kind,
        title: l10n.t("Remove Alias"),
        values: layer.values(shown, { alias: null }),
      };
    case "resetDescription": {
      if (shown.override?.description === undefined) {
        return undefined;
      }
      const values = layer.values(shown, { description: null });
      return { kind, title: l10n.t("Reset Description"), values };
    }
    case "stripHidden":
      return stripFix(shown, layer);
    case "disable": {
      const title = shown.kind === "tool" ? l10n.t("Disable Tool") : l10n.t("Disable Prompt");
      return { kind, title, values: layer.values(shown, { enabled: false }) };
    }
    case "removeOverride":
    case "enableAll":
    case "restoreOverride":
    case "carryOver":
      return undefined;
  }
}

/** A new alias doesn't change a name inside the description. */
function aliasFix(
  { evidence }: Finding,
  shown: ExposedCapability,
  layer: FixedLayer,
): Fix | undefined {
  if (evidence !== undefined && evidence.text !== shown.label) {
    return undefined;
  }
  const alias = proposeAlias(shown, layer);
  if (alias === undefined) {
    return undefined;
  }
  const isShorter = shown.alias !== undefined && alias.length < shown.alias.length;
  const title = isShorter
    ? l10n.t('Shorten Alias to "{0}"', alias)
    : l10n.t('Set Alias to "{0}"', alias);
  return { kind: "setAlias", title, values: layer.values(shown, { alias }) };
}

/**
 * Overrides the description by the same text without hidden characters, because the upstream's own
 * text can't be changed from here.
 */
function stripFix(shown: ExposedCapability, layer: FixedLayer): Fix | undefined {
  const { description } = shown;
  if (description === undefined) {
    return undefined;
  }
  const stripped = withoutControls(withoutHidden(description));
  if (stripped === description || stripped.trim() === "") {
    return undefined;
  }
  const title = l10n.t("Strip Hidden Characters");
  return {
    kind: "stripHidden",
    title,
    values: layer.values(shown, { description: stripped }),
  };
}
