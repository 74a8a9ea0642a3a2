import type { Exports } from "../../../src/extension.ts";
import { COMMANDS } from "../../../src/manifest.ts";
import type { QuickInputDriver } from "./person.ts";
import { run } from "./run.ts";
import { treeOf, until } from "./screen.ts";

/** Pastes a token; resolves when the command has ended. */
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

/** Labels and descriptions of the roots. */
export async function roots(exports: Exports): Promise<readonly string[]> {
  const nodes = (await exports.tree.getChildren()) ?? [];
  const items = await Promise.all(nodes.map((node) => exports.tree.getTreeItem(node)));
  return items.map(({ label, description }) =>
    typeof description === "string" ? `${label} (${description})` : `${label}`,
  );
}

export function message(exports: Exports): string {
  return exports.view.message ?? "";
}
