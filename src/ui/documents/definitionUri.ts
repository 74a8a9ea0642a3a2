import * as vscode from "vscode";
import { type CapabilityTarget, DEFINITION_SCHEME } from "../../contributions.ts";
import { addressParts } from "../addressParts.ts";

/** Longer names would push everything else off the screen. */
const LONGEST = 100;

/**
 * A definition's address. Names are anybody's, so the address is in the query, where JSON keeps each
 * character, and the path is what the tab shows.
 */
export function definitionUri(target: CapabilityTarget): vscode.Uri {
  const { kind, accountId, serverId, name } = target;
  return vscode.Uri.from({
    scheme: DEFINITION_SCHEME,
    path: `/${accountId}/${segment(serverId)}/${segment(name)}.${kind}.json`,
    query: JSON.stringify([kind, accountId, serverId, name]),
  });
}

/** Undefined for what isn't an address of ours. */
export function parseDefinitionUri({ query }: vscode.Uri): CapabilityTarget | undefined {
  const [kind, accountId, serverId, name] = addressParts(query);
  if (kind !== "tool" && kind !== "prompt") return undefined;
  if (accountId === undefined || serverId === undefined || name === undefined) return undefined;
  return { kind, accountId, serverId, name };
}

/** Without separators, and without characters that can't be seen or encoded. */
function segment(name: string): string {
  return name
    .slice(0, LONGEST)
    .toWellFormed()
    .replace(/[/\\]|\p{C}/gu, "_");
}
