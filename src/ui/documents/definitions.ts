import * as vscode from "vscode";
import { type CapabilityTarget, DEFINITION_SCHEME } from "../../contributions.ts";
import { catalogueOf, type ExposedCapability } from "../../model/server/catalogue.ts";
import { findServer } from "../../store/state.ts";
import { definitionUri, parseDefinitionUri } from "./definitionUri.ts";
import type { DerivedKind } from "./derived.ts";

/** Tools and prompts as Cloudflare has synced them. */
export const DEFINITIONS: DerivedKind<ExposedCapability["capability"]["source"]> = {
  scheme: DEFINITION_SCHEME,
  sourceOf: (state, uri) => {
    const address = parseDefinitionUri(uri);
    const found = address && findServer(state, address.accountId, address.serverId);
    return found && catalogueOf(found.server).find(address.kind, address.name)?.capability.source;
  },
  textOf: (source) => {
    // JSON as well, so that what is said isn't marked as a mistake.
    const value = source ?? vscode.l10n.t("It isn't in the server's catalogue any more.");
    return `${JSON.stringify(value, undefined, 2)}\n`;
  },
};

export async function openDefinitionDocument(
  target: CapabilityTarget,
  options: vscode.TextDocumentShowOptions,
): Promise<void> {
  const document = await vscode.workspace.openTextDocument(definitionUri(target));
  await vscode.window.showTextDocument(document, options);
}
