import * as vscode from "vscode";
import { aliasProblem } from "../../domain/catalogue/aliases.ts";
import type { CapabilityTarget, CommandArguments } from "../../manifest.ts";
import type { AppContext } from "../app.ts";
import { type CapabilityEdit, saveCapabilityEdit } from "../edits/index.ts";
import { editServer } from "../servers/index.ts";
import { capabilityTargets, findCapability, textFor } from "../targets/index.ts";

/** Renames a tool or prompt. The same key edits the name of a server's row. */
export async function editAlias(app: AppContext, args: CommandArguments): Promise<void> {
  const [row] = args.rows ?? [];
  if (row?.kind === "server") {
    return editServer(app, args);
  }
  if (row?.kind === "account" || row?.kind === "group") {
    return;
  }
  const [target] = await capabilityTargets(app, args, {
    title: vscode.l10n.t("Edit the alias of which tool or prompt?"),
    many: false,
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
  target: CapabilityTarget,
  text?: string,
): Promise<CapabilityEdit | undefined> {
  const found = findCapability(app, target);
  if (found === undefined) {
    return undefined;
  }
  const { shown, state } = found;
  const alias = await textFor(text, {
    title: vscode.l10n.t("Alias of {0}", shown.name),
    prompt: vscode.l10n.t(
      "Clients see it as {0}_<alias>. An empty field removes the alias.",
      target.serverId,
    ),
    value: shown.alias ?? shown.name,
    placeHolder: shown.name,
    validateInput: (text) => problemOf(app, target, text.trim()),
  });
  if (alias === undefined) {
    return undefined;
  }
  const wanted = meant(target, alias.trim());
  if (wanted === (shown.alias ?? null)) {
    return undefined;
  }
  return { target, values: { alias: wanted }, seen: state.optimistic };
}

/** The input starts with the upstream's name, which means "no alias". */
function meant({ name }: CapabilityTarget, alias: string): string | null {
  return alias === "" || alias === name ? null : alias;
}

function problemOf(app: AppContext, target: CapabilityTarget, alias: string): string | undefined {
  if (meant(target, alias) === null) {
    return undefined;
  }
  const found = findCapability(app, target);
  return found && aliasProblem(found.state.optimistic, target.kind, target.name, alias);
}
