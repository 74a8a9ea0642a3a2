import * as l10n from "@vscode/l10n";
import { capabilityEdit } from "../edits/edit.ts";
import type { ExposedCapability } from "../server/catalogue.ts";
import type { Finding } from "./finding.ts";
import type { Fix, FixKind, Surroundings } from "./fix.ts";
import { proposeAlias } from "./proposeAlias.ts";
import { withoutControls } from "./security/control.ts";
import { withoutHidden } from "./security/hidden.ts";

/** What a kind of fix is for one tool or prompt; undefined where it has nothing to mend there. */
export function capabilityFix(
  kind: FixKind,
  finding: Finding,
  shown: ExposedCapability,
  around: Surroundings,
): Fix | undefined {
  const of = { kind: shown.kind, name: shown.name };
  switch (kind) {
    case "setAlias":
      return aliasFix(finding, shown, around);
    case "removeAlias":
      if (shown.alias === undefined) return undefined;
      return {
        kind,
        title: l10n.t("Remove Alias"),
        edit: capabilityEdit([{ ...of, alias: null }]),
      };
    case "resetDescription": {
      if (shown.override?.description === undefined) return undefined;
      const edit = capabilityEdit([{ ...of, description: null }]);
      return { kind, title: l10n.t("Reset Description"), edit };
    }
    case "stripHidden":
      return stripFix(shown);
    case "disable": {
      const title = shown.kind === "tool" ? l10n.t("Disable Tool") : l10n.t("Disable Prompt");
      return { kind, title, edit: capabilityEdit([{ ...of, enabled: false }]) };
    }
    case "removeOverride":
    case "gatewayOff":
    case "enableAll":
      return undefined;
  }
}

/** A name inside the description can't be mended by another name. */
function aliasFix(
  { evidence }: Finding,
  shown: ExposedCapability,
  { server, names, clients }: Surroundings,
): Fix | undefined {
  if (evidence !== undefined && evidence.text !== shown.label) return undefined;
  const alias = proposeAlias(server, shown, clients, names);
  if (alias === undefined) return undefined;
  const isShorter = shown.alias !== undefined && alias.length < shown.alias.length;
  const title = isShorter
    ? l10n.t('Shorten Alias to "{0}"', alias)
    : l10n.t('Set Alias to "{0}"', alias);
  const edit = capabilityEdit([{ kind: shown.kind, name: shown.name, alias }]);
  return { kind: "setAlias", title, edit };
}

/** The description as it looks, as an override: the upstream's own can't be changed from here. */
function stripFix(shown: ExposedCapability): Fix | undefined {
  const { description, kind, name } = shown;
  if (description === undefined) return undefined;
  const stripped = withoutControls(withoutHidden(description));
  if (stripped === description || stripped.trim() === "") return undefined;
  const title = l10n.t("Strip Hidden Characters");
  return {
    kind: "stripHidden",
    title,
    edit: capabilityEdit([{ kind, name, description: stripped }]),
  };
}
