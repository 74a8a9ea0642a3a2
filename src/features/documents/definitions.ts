import * as vscode from "vscode";
import { addressParts, tabSegment } from "../../base/text.ts";
import { definitionText } from "../../domain/catalogue/definitionText.ts";
import { catalogueOf, type ExposedCapability } from "../../domain/catalogue/serverCatalogue.ts";
import type { VirtualDocumentKind } from "../../editor/virtualDocuments.ts";
import { findServer, type State } from "../../engine/state.ts";
import { DEFINITION_SCHEME } from "../../manifest.ts";
import type { CapabilityTarget } from "../../target.ts";

/** Documents of tools and prompts as last synced. */
export const DEFINITIONS: VirtualDocumentKind<State, ExposedCapability["capability"]["source"]> = {
  scheme: DEFINITION_SCHEME,
  sourceOf: (state, uri) => {
    const address = parseDefinitionUri(uri);
    const found = address && findServer(state, address.accountId, address.serverId);
    return (
      found && catalogueOf(found.optimistic).find(address.kind, address.name)?.capability.source
    );
  },
  // The sentence is JSON too, so that the editor doesn't mark it as an error.
  textOf: (source) =>
    definitionText(source ?? vscode.l10n.t("It isn't in the server's catalogue any more.")),
};

export async function openDefinitionDocument(
  target: CapabilityTarget,
  options: vscode.TextDocumentShowOptions,
): Promise<void> {
  const document = await vscode.workspace.openTextDocument(definitionUri(target));
  await vscode.window.showTextDocument(document, options);
}

/**
 * The URI of a definition. A name may hold any character, so the address is JSON in the query; the
 * path is what the tab shows.
 */
function definitionUri(target: CapabilityTarget): vscode.Uri {
  const { kind, accountId, serverId, name } = target;
  return vscode.Uri.from({
    scheme: DEFINITION_SCHEME,
    path: `/${accountId}/${tabSegment(serverId)}/${tabSegment(name)}.mcp-${kind}.json`,
    query: JSON.stringify([kind, accountId, serverId, name]),
  });
}

/** Returns undefined for a URI that isn't a definition's. */
function parseDefinitionUri({ query }: vscode.Uri): CapabilityTarget | undefined {
  const [kind, accountId, serverId, name] = addressParts(query);
  if (kind !== "tool" && kind !== "prompt") {
    return undefined;
  }
  if (accountId === undefined || serverId === undefined || name === undefined) {
    return undefined;
  }
  return { kind, accountId, serverId, name };
}
