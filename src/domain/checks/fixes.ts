import * as l10n from "@vscode/l10n";
import { about, listed } from "../../base/text.ts";
import {
  type Catalogue,
  catalogueOf,
  type ExposedCapability,
  type Exposing,
} from "../catalogue/layers.ts";
import type { OverrideValues } from "../catalogue/overrides.ts";
import type { FieldValue } from "../changes/change.ts";
import { plainFieldInWords, valueInWords } from "../changes/fieldWords.ts";
import type { ClientId } from "../clients/clientIds.ts";
import { type MappedCatalogue, mappedCatalogueOf } from "../portals/exposure.ts";
import { mappedOverrideValues } from "../portals/fields.ts";
import type { Mapping, Portal } from "../portals/portal.ts";
import { type CapabilityRef, overrideValues } from "../servers/fields.ts";
import type { Server } from "../servers/server.ts";
import type { ExposedNames } from "./collisions.ts";
import type { Finding } from "./finding.ts";
import { proposeAlias } from "./proposeAlias.ts";
import { excerpt, withoutControls, withoutHidden } from "./security/unseen.ts";

/** Fixes that change overrides or switches. */
export const FIX_KINDS = [
  "setAlias",
  "removeAlias",
  "stripHidden",
  "resetDescription",
  "removeOverride",
  "enableAll",
  "disable",
  "bringBack",
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
}

/** The layer that a fix changes: a server's, or that of its mapping in a portal. */
interface FixedLayer extends NamesInUse {
  readonly serverId: string;
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
  const shown = layer.catalogue.find(subject.kind, subject.name);
  return shown && capabilityFix(kind, finding, shown, layer);
}

function mappingFix(
  kind: FixKind,
  finding: Finding,
  mapping: Mapping,
  around: PortalFixContext,
): Fix | undefined {
  const { serverId, defaultDisabled } = mapping;
  const { subject, lost } = finding;
  const server = around.serverOf(serverId);
  const layer = server && mappingLayerOf(mapping, server, around);
  if (subject === undefined) {
    // What the server has off, a portal may be unable to turn on.
    const able = everyCapability(layer?.catalogue).filter(({ onServer }) => onServer.enabled);
    return kind === "enableAll" && layer && able.length > 0 ? enableAll(layer, able) : undefined;
  }
  if (kind === "removeOverride") {
    // A mapping has a state for everything: without an override that is its default.
    const values = { ...NO_OVERRIDE, enabled: !defaultDisabled };
    return removeOverride(mappedOverrideValues(serverId, subject, values));
  }
  const shown = layer?.catalogue.find(subject.kind, subject.name);
  if (layer === undefined || shown === undefined) {
    return undefined;
  }
  return kind === "bringBack"
    ? bringBack(layer, subject, lost)
    : capabilityFix(kind, finding, shown, layer);
}

function serverLayerOf(server: Server, { names, clients }: NamesInUse): FixedLayer {
  return {
    serverId: server.id,
    catalogue: catalogueOf(server),
    values: overrideValues,
    names,
    clients,
  };
}

function mappingLayerOf(
  mapping: Mapping,
  server: Exposing,
  { names, clients }: NamesInUse,
): FixedLayer & { readonly catalogue: MappedCatalogue } {
  const { serverId } = mapping;
  return {
    serverId,
    catalogue: mappedCatalogueOf(mapping, server),
    values: (of, values) => mappedOverrideValues(serverId, of, values),
    names,
    clients,
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

function removeOverride(values: readonly FieldValue[]): Fix {
  return { kind: "removeOverride", title: l10n.t("Remove Override"), values };
}

function bringBack(
  layer: FixedLayer,
  subject: CapabilityRef,
  lost: OverrideValues | undefined,
): Fix | undefined {
  if (lost === undefined) {
    return undefined;
  }
  return {
    kind: "bringBack",
    title: l10n.t("Bring Override Back"),
    values: layer.values(subject, lost),
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
    case "bringBack":
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
