import * as vscode from "vscode";
import type { Exports } from "../../../src/extension.ts";

export const EXTENSION_ID = "mcp-portals.mcp-portals";

/** The active extension under test. Its exports are only for tests. */
export async function activateExtension(): Promise<vscode.Extension<unknown>> {
  const extension = vscode.extensions.getExtension(EXTENSION_ID);
  if (!extension) {
    throw new Error(`${EXTENSION_ID} isn't there.`);
  }
  await extension.activate();
  return extension;
}

export async function activated(): Promise<Exports> {
  const extension = await activateExtension();
  return extension.exports as Exports;
}
