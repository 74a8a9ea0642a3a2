import * as vscode from "vscode";
import { addressParts, tabSegment } from "../../base/text.ts";
import { sortedDefinitionText } from "../../domain/catalogue/definitionText.ts";
import { catalogueOf } from "../../domain/catalogue/serverCatalogue.ts";
import type { Definition } from "../../domain/review/baseline.ts";
import type { DefinitionChange } from "../../domain/review/changes.ts";
import type { VirtualDocumentKind } from "../../editor/virtualDocuments.ts";
import { findServer } from "../../engine/state.ts";
import { REVIEW_SCHEME } from "../../manifest.ts";
import type { CapabilityTarget, ServerTarget } from "../../target.ts";
import type { TreeContext } from "../targets/index.ts";
import { rowOfChange } from "./nodes.ts";

type Side = "accepted" | "now";

/**
 * A definition as accepted or as it is now; empty where it isn't there. The keys are sorted on both
 * sides, so that their order is no difference.
 */
export const REVIEWED_DEFINITIONS: VirtualDocumentKind<TreeContext, Definition> = {
  scheme: REVIEW_SCHEME,
  sourceOf: ({ state, review }, uri) => {
    const address = parseUri(uri);
    if (address === undefined) {
      return undefined;
    }
    const { side, kind, accountId, serverId, name } = address;
    if (side === "accepted") {
      const baseline = review.baselineOf(address);
      return (kind === "tool" ? baseline?.tools : baseline?.prompts)?.get(name);
    }
    const server = findServer(state, accountId, serverId)?.remote;
    return server && catalogueOf(server).find(kind, name)?.capability.source;
  },
  textOf: (source) => (source === undefined ? "" : sortedDefinitionText(source)),
};

/** Opens the change of one tool or prompt as a diff, and several of them in one editor. */
export async function openChanges(
  title: string,
  changed: readonly { readonly server: ServerTarget; readonly change: DefinitionChange }[],
): Promise<void> {
  const [first, second] = changed;
  if (first === undefined) {
    return;
  }
  if (second === undefined) {
    const { left, right } = sidesOf(first.server, first.change);
    await vscode.commands.executeCommand("vscode.diff", left, right, title);
    return;
  }
  const resources = changed.map(({ server, change }) => {
    const { left, right } = sidesOf(server, change);
    return [
      right,
      change.how === "added" ? undefined : left,
      change.how === "removed" ? undefined : right,
    ];
  });
  await vscode.commands.executeCommand("vscode.changes", title, resources);
}

function sidesOf(
  server: ServerTarget,
  change: DefinitionChange,
): { readonly left: vscode.Uri; readonly right: vscode.Uri } {
  const now = rowOfChange(server, change);
  const before = change.how === "renamed" ? { ...now, name: change.previousName } : now;
  return { left: uriOf("accepted", before), right: uriOf("now", now) };
}

/** The path is what the tab shows, and the same on both sides, lest an editor tells of a rename. */
function uriOf(side: Side, { kind, accountId, serverId, name }: CapabilityTarget): vscode.Uri {
  return vscode.Uri.from({
    scheme: REVIEW_SCHEME,
    path: `/${accountId}/${tabSegment(serverId)}/${tabSegment(name)}.mcp-${kind}.json`,
    query: JSON.stringify([side, kind, accountId, serverId, name]),
  });
}

/** Returns undefined for a URI that isn't ours. */
function parseUri({ query }: vscode.Uri): (CapabilityTarget & { readonly side: Side }) | undefined {
  const [side, kind, accountId, serverId, name] = addressParts(query);
  if ((side !== "accepted" && side !== "now") || (kind !== "tool" && kind !== "prompt")) {
    return undefined;
  }
  return accountId === undefined || serverId === undefined || name === undefined
    ? undefined
    : { side, kind, accountId, serverId, name };
}
