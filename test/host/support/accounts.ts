import * as vscode from "vscode";
import type { Exports } from "../../../src/extension.ts";
import { COMMANDS, SETTINGS } from "../../../src/manifest.ts";
import type { QuickInputDriver } from "./quickInputDriver.ts";
import { run } from "./run.ts";
import { serverRow, treeOf, until } from "./screen.ts";

/** Pastes a token. Resolves when the command has ended. */
export async function pasteToken(person: QuickInputDriver, token: string): Promise<void> {
  const done = run(COMMANDS.signIn);
  await person.pick("Paste an API token");
  await person.type(token);
  await done;
}

export async function signOutAll(exports: Exports): Promise<void> {
  await run(COMMANDS.signOut, undefined, undefined, "all");
  await until(
    () => treeOf(exports),
    (tree) => tree.length === 0,
  );
}

/** Writes nothing where it is set already: VS Code sends all its settings around with each change. */
export async function setApiRoot(url: string | undefined): Promise<void> {
  const settings = vscode.workspace.getConfiguration();
  if (settings.inspect(SETTINGS.apiBaseUrl)?.globalValue !== url) {
    await settings.update(SETTINGS.apiBaseUrl, url, vscode.ConfigurationTarget.Global);
  }
}

/** Labels and descriptions of the roots. */
export async function roots(exports: Exports): Promise<readonly string[]> {
  const nodes = (await exports.tree.getChildren()) ?? [];
  const items = await Promise.all(nodes.map((node) => exports.tree.getTreeItem(node)));
  return items.map(({ label, description }) =>
    typeof description === "string" ? `${label} (${description})` : `${label}`,
  );
}

/** Waits until somebody is signed in to the account with servers. */
export function serversShown(exports: Exports): Promise<unknown> {
  return until(
    () => serverRow(exports, "Docs"),
    (row) => row !== undefined,
  );
}

export function message(exports: Exports): string {
  return exports.view.message ?? "";
}
