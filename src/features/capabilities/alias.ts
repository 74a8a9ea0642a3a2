import * as vscode from "vscode";
import { aliasProblem } from "../../domain/catalogue/aliases.ts";
import type { CommandArguments, LayeredTarget } from "../../target.ts";
import type { AppContext } from "../app.ts";
import { type CapabilityEdit, saveCapabilityEdit } from "../edits/index.ts";
import { editPortal } from "../portals/index.ts";
import { editServer } from "../servers/index.ts";
import {
  below,
  capabilityTargets,
  type FoundCapability,
  findCapability,
  namesBeside,
  textFor,
} from "../targets/index.ts";

/** Renames a tool or prompt. The same key edits the name of a server's or portal's row. */
export async function editAlias(app: AppContext, args: CommandArguments): Promise<void> {
  const [row] = args.rows ?? [];
  if (row?.kind === "server") {
    return editServer(app, args);
  }
  if (row?.kind === "portal") {
    return editPortal(app, args);
  }
  if (row !== undefined && row.kind !== "tool" && row.kind !== "prompt") {
    return;
  }
  const [target] = await capabilityTargets(app, args, {
    title: vscode.l10n.t("Edit the alias of which tool or prompt?"),
    many: false,
    inPortals: true,
    applies: () => true,
  });
  const change = target && (await askAlias(app, target, args.text));
  if (change !== undefined) {
    await saveCapabilityEdit(app, change);
  }
}

/** Asks for an alias, unless a script gave one. Undefined when there is nothing to change. */
export async function askAlias(
  app: AppContext,
  target: LayeredTarget,
  text?: string,
): Promise<CapabilityEdit | undefined> {
  const found = findCapability(app, target);
  if (found === undefined) {
    return undefined;
  }
  const { shown } = found;
  const alias = await textFor(text, {
    title: vscode.l10n.t("Alias of {0}", shown.name),
    prompt: vscode.l10n.t(
      "Clients see it as {0}_<alias>. An empty field removes the alias.",
      target.serverId,
    ),
    value: shown.label,
    placeHolder: below(found).label,
    validateInput: (text) => problemOf(app, target, text.trim()),
  });
  if (alias === undefined) {
    return undefined;
  }
  const wanted = meant(found, alias.trim());
  if (wanted === (shown.alias ?? null)) {
    return undefined;
  }
  return { of: found, values: { alias: wanted } };
}

/** The input starts with the name from the layer below, which means "no alias". */
function meant(found: FoundCapability, alias: string): string | null {
  return alias === "" || alias === below(found).label ? null : alias;
}

function problemOf(app: AppContext, target: LayeredTarget, alias: string): string | undefined {
  const found = findCapability(app, target);
  if (found === undefined || meant(found, alias) === null) {
    return undefined;
  }
  return aliasProblem(namesBeside(found), target.kind, target.name, alias);
}
