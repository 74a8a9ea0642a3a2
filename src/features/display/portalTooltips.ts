import * as vscode from "vscode";
import { listed } from "../../base/text.ts";
import type { ValueSource } from "../../domain/catalogue/layers.ts";
import type { Cost } from "../../domain/cost/sums.ts";
import type { MappedCapability } from "../../domain/portals/exposure.ts";
import { orphanedOverrides } from "../../domain/portals/orphans.ts";
import type { Mapping, RedirectUri } from "../../domain/portals/portal.ts";
import { statusInWords } from "../../domain/servers/words.ts";
import type { FoundMapping } from "../../engine/state.ts";
import { toolCostInWords } from "./costWords.ts";
import { costRows, definitionRows, tooltipOf } from "./tooltips.ts";

/**
 * A server's place in a portal.
 * @param redirect left out where nobody signs in, and where it isn't known
 */
export function mappingTooltip(
  { mapping, server }: FoundMapping,
  cost: Cost | undefined,
  redirect?: RedirectUri,
): vscode.MarkdownString {
  return tooltipOf(server?.name ?? mapping.serverId, undefined, [
    [vscode.l10n.t("Status"), server && statusInWords(server)],
    [vscode.l10n.t("Id"), mapping.serverId],
    [
      vscode.l10n.t("Signs in to the upstream"),
      mapping.onBehalf
        ? vscode.l10n.t("Each user")
        : vscode.l10n.t("With the administrator's credential"),
    ],
    [vscode.l10n.t("Redirect URI"), redirect?.uri],
    [
      vscode.l10n.t("New tools"),
      mapping.defaultDisabled ? vscode.l10n.t("Off") : vscode.l10n.t("On"),
    ],
    ...costRows(cost),
    [vscode.l10n.t("Overrides of what is gone"), listed(orphansOf(mapping))],
  ]);
}

function orphansOf(mapping: Mapping): readonly string[] {
  return (["tool", "prompt"] as const).flatMap((kind) =>
    orphanedOverrides(mapping, kind, mapping.server).map(({ name }) => name),
  );
}

/**
 * Each value with the layer that it comes from, and what the layers below say instead.
 * @param tokens what a tool costs; undefined where it isn't counted
 */
export function mappedCapabilityTooltip(
  shown: MappedCapability,
  tokens?: number,
): vscode.MarkdownString {
  const { resolved, onServer, name } = shown;
  const { capability } = onServer;
  return tooltipOf(shown.exposedName, shown.description, [
    [vscode.l10n.t("State"), stateInWords(shown)],
    [
      vscode.l10n.t("State on the server"),
      resolved.enabled.from === "upstream" ? undefined : enabledInWords(onServer.enabled),
    ],
    [vscode.l10n.t("Name"), from(shown.label, resolved.name.from)],
    [
      vscode.l10n.t("Name on the server"),
      onServer.label === shown.label ? undefined : onServer.label,
    ],
    [vscode.l10n.t("Name at the upstream"), name],
    [
      vscode.l10n.t("Description"),
      resolved.description.value === undefined
        ? vscode.l10n.t("None")
        : sourceInWords(resolved.description.from),
    ],
    [
      vscode.l10n.t("Server's description"),
      resolved.description.from === "portal" && onServer.resolved.description.from === "server"
        ? onServer.description
        : undefined,
    ],
    [
      vscode.l10n.t("Upstream's description"),
      resolved.description.from === "upstream" ? undefined : capability.description,
    ],
    [vscode.l10n.t("Context cost"), toolCostInWords(tokens, shown.enabled)],
    ...definitionRows(capability),
  ]);
}

function stateInWords({ enabled, resolved }: MappedCapability): string {
  return from(enabledInWords(enabled), resolved.enabled.from);
}

function enabledInWords(enabled: boolean): string {
  return enabled ? vscode.l10n.t("Enabled") : vscode.l10n.t("Disabled");
}

function from(value: string, source: ValueSource): string {
  return vscode.l10n.t({
    message: "{0} ({1})",
    args: [value, sourceInWords(source)],
    comment: ["A value, and the layer that it comes from, such as portal"],
  });
}

/** The layer that a value comes from. */
export function sourceInWords(source: ValueSource): string {
  switch (source) {
    case "upstream":
      return vscode.l10n.t("from the upstream");
    case "server":
      return vscode.l10n.t("from the server");
    case "portal":
      return vscode.l10n.t("from the portal");
    case "portalDefault":
      return vscode.l10n.t("as new tools are kept off here");
  }
}
