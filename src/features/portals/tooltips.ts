import * as vscode from "vscode";
import type { Portal } from "../../domain/portals/portal.ts";
import { codeModeInWords } from "../../domain/portals/words.ts";
import { findMapping, findPortal, type State } from "../../engine/state.ts";
import type { PortalTarget } from "../../target.ts";
import {
  mappedCapabilityTooltip,
  mappingTooltip,
  onOff,
  tooltipOf,
  whenAndWho,
} from "../display/index.ts";
import { catalogueIn } from "../targets/index.ts";

export function portalNodeTooltip(
  state: State,
  node: PortalTarget,
): vscode.MarkdownString | undefined {
  switch (node.kind) {
    case "account":
    case "group":
      return undefined;
    case "portal": {
      const found = findPortal(state, node);
      return found && portalTooltip(found.optimistic);
    }
    case "mapping": {
      const found = findMapping(state, node);
      return found && mappingTooltip(found);
    }
    case "tool":
    case "prompt": {
      const shown = catalogueIn(state, node)?.find(node.kind, node.name);
      return shown && mappedCapabilityTooltip(shown);
    }
  }
}

function portalTooltip(portal: Portal): vscode.MarkdownString {
  return tooltipOf(portal.name, portal.description, [
    [vscode.l10n.t("Id"), portal.id],
    [vscode.l10n.t("Host"), portal.hostname],
    [vscode.l10n.t("Servers"), String(portal.mappings.size)],
    [vscode.l10n.t("Code Mode"), portal.codeMode && codeModeInWords(portal.codeMode)],
    [vscode.l10n.t("Routed through Gateway"), onOff(portal.secureWebGateway)],
    [vscode.l10n.t("Created"), whenAndWho(portal.createdAt, portal.createdBy)],
    [vscode.l10n.t("Modified"), whenAndWho(portal.modifiedAt, portal.modifiedBy)],
  ]);
}
