import * as l10n from "@vscode/l10n";
import { about, listed } from "../../base/text.ts";
import { catalogueOf, type ExposedCapability } from "../catalogue/layers.ts";
import type { FieldValue } from "../changes/change.ts";
import { plainFieldInWords, valueInWords } from "../changes/fieldWords.ts";
import type { ClientId } from "../clients/clientIds.ts";
import { overrideValues } from "../servers/fields.ts";
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
] as const;
export type FixKind = (typeof FIX_KINDS)[number];

export interface Fix {
  readonly kind: FixKind;
  readonly title: string;
  readonly values: readonly FieldValue[];
}

export interface FixContext {
  readonly server: Server;
  /** The exposed names of the account, including this server's. */
  readonly names: ExposedNames;
  readonly clients: ReadonlySet<ClientId>;
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
  const { server } = around;
  const { subject } = finding;
  if (subject === undefined) {
    return serverFix(kind, server);
  }
  if (kind === "removeOverride") {
    return removeOverride(finding);
  }
  const shown = catalogueOf(server).find(subject.kind, subject.name);
  return shown && capabilityFix(kind, finding, shown, around);
}

function serverFix(kind: FixKind, server: Server): Fix | undefined {
  if (kind !== "enableAll") {
    return undefined;
  }
  const { tools, prompts } = catalogueOf(server);
  const values = [...tools, ...prompts].flatMap((shown) =>
    overrideValues(shown, { enabled: true }),
  );
  return { kind, title: l10n.t("Enable All Tools and Prompts"), values };
}

function removeOverride({ subject }: Finding): Fix | undefined {
  if (subject === undefined) {
    return undefined;
  }
  const values = overrideValues(subject, { alias: null, description: null, enabled: null });
  return { kind: "removeOverride", title: l10n.t("Remove Override"), values };
}

/** The fix of a kind for one tool or prompt; undefined where it would change nothing. */
function capabilityFix(
  kind: FixKind,
  finding: Finding,
  shown: ExposedCapability,
  around: FixContext,
): Fix | undefined {
  switch (kind) {
    case "setAlias":
      return aliasFix(finding, shown, around);
    case "removeAlias":
      if (shown.alias === undefined) {
        return undefined;
      }
      return {
        kind,
        title: l10n.t("Remove Alias"),
        values: overrideValues(shown, { alias: null }),
      };
    case "resetDescription": {
      if (shown.resolved.description.from === "upstream") {
        return undefined;
      }
      const values = overrideValues(shown, { description: null });
      return { kind, title: l10n.t("Reset Description"), values };
    }
    case "stripHidden":
      return stripFix(shown);
    case "disable": {
      const title = shown.kind === "tool" ? l10n.t("Disable Tool") : l10n.t("Disable Prompt");
      return { kind, title, values: overrideValues(shown, { enabled: false }) };
    }
    case "removeOverride":
    case "enableAll":
      return undefined;
  }
}

/** A new alias doesn't change a name inside the description. */
function aliasFix(
  { evidence }: Finding,
  shown: ExposedCapability,
  { server, names, clients }: FixContext,
): Fix | undefined {
  if (evidence !== undefined && evidence.text !== shown.label) {
    return undefined;
  }
  const alias = proposeAlias(server, shown, clients, names);
  if (alias === undefined) {
    return undefined;
  }
  const isShorter = shown.alias !== undefined && alias.length < shown.alias.length;
  const title = isShorter
    ? l10n.t('Shorten Alias to "{0}"', alias)
    : l10n.t('Set Alias to "{0}"', alias);
  return { kind: "setAlias", title, values: overrideValues(shown, { alias }) };
}

/**
 * Overrides the description by the same text without hidden characters, because the upstream's own
 * text can't be changed from here.
 */
function stripFix(shown: ExposedCapability): Fix | undefined {
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
    values: overrideValues(shown, { description: stripped }),
  };
}
