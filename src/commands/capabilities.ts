import * as vscode from "vscode";
import type { CapabilityTarget, RowArguments } from "../contributions.ts";
import { aliasProblem } from "../model/aliases.ts";
import { locate } from "../model/document.ts";
import { openServerDocument } from "../ui/documents/open.ts";
import type { App } from "./app.ts";
import { editServer } from "./editServer.ts";
import { type CapabilityChange, saveChanges } from "./saveChanges.ts";
import { capabilityTargets, findCapability, rows } from "./targets.ts";
import { textFor } from "./text.ts";

export function enable(app: App, args: RowArguments): Promise<void> {
  return setEnabled(app, args, true, vscode.l10n.t("Enable tools or prompts"));
}

export function disable(app: App, args: RowArguments): Promise<void> {
  return setEnabled(app, args, false, vscode.l10n.t("Disable tools or prompts"));
}

async function setEnabled(
  app: App,
  args: RowArguments,
  enabled: boolean,
  title: string,
): Promise<void> {
  const targets = await capabilityTargets(app, args, {
    title,
    many: true,
    writes: true,
    applies: (shown) => shown.enabled !== enabled,
  });
  const changed = targets.filter(
    (target) => findCapability(app, target)?.shown.enabled !== enabled,
  );
  await saveChanges(
    app,
    changed.map((target) => ({ target, change: { enabled } })),
  );
}

/**
 * What Space does. A row without a checkbox has opened or closed already, as in every tree: VS Code
 * does that with the selection that comes before.
 */
export async function toggle(app: App, args: RowArguments): Promise<void> {
  const [row] = rows(app, args) ?? [];
  const hasCheckbox =
    (row?.kind === "tool" || row?.kind === "prompt") &&
    app.store.state.accounts.get(row.accountId)?.access.readOnly === false;
  if (!hasCheckbox) return;
  const enabled = findCapability(app, row)?.shown.enabled;
  if (enabled !== undefined) await setCheckboxes(app, [[row, !enabled]]);
}

/** A batch of checkboxes: one write a server. */
export async function setCheckboxes(
  app: App,
  boxes: readonly (readonly [CapabilityTarget, boolean])[],
): Promise<void> {
  await saveChanges(
    app,
    boxes.map(([target, enabled]) => ({ target, change: { enabled } })),
  );
}

export async function resetOverrides(app: App, args: RowArguments): Promise<void> {
  const targets = await capabilityTargets(app, args, {
    title: vscode.l10n.t("Reset to the server's definition"),
    many: true,
    writes: true,
    applies: ({ overridden }) => overridden,
  });
  const overridden = targets.filter((target) => findCapability(app, target)?.shown.overridden);
  await saveChanges(
    app,
    overridden.map((target) => ({ target, change: { alias: null, description: null } })),
  );
}

/** The key that renames: of a server it edits the name. */
export async function editAlias(app: App, args: RowArguments): Promise<void> {
  if (rows(app, args)?.[0]?.kind === "server") return editServer(app, args);
  const [target] = await capabilityTargets(app, args, {
    title: vscode.l10n.t("Edit the alias of which tool or prompt?"),
    many: false,
    writes: true,
    applies: () => true,
  });
  const change = target && (await askAlias(app, target, args.text));
  if (change !== undefined) await saveChanges(app, [change]);
}

/** The change of an alias that a person wants, or that a script gave; undefined for none. */
export async function askAlias(
  app: App,
  target: CapabilityTarget,
  text?: string,
): Promise<CapabilityChange | undefined> {
  const shown = findCapability(app, target)?.shown;
  if (shown === undefined) return undefined;
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
  if (alias === undefined) return undefined;
  const wanted = meant(target, alias.trim());
  return wanted === (shown.alias ?? null) ? undefined : { target, change: { alias: wanted } };
}

/** Its own name means "no alias": the field starts with it. */
function meant({ name }: CapabilityTarget, alias: string): string | null {
  return alias === "" || alias === name ? null : alias;
}

function problemOf(app: App, target: CapabilityTarget, alias: string): string | undefined {
  if (meant(target, alias) === null) return undefined;
  const found = findCapability(app, target);
  return found && aliasProblem(found.state.server, target.kind, target.name, alias);
}

/** Opens the server's document with the cursor on the tool or prompt. */
export async function openAtCapability(app: App, args: RowArguments): Promise<void> {
  const [target] = await capabilityTargets(app, args, {
    title: vscode.l10n.t("Open the document at which tool or prompt?"),
    many: false,
    applies: () => true,
  });
  if (target === undefined) return;
  const editor = await openServerDocument(target.accountId, target.serverId, {
    preserveFocus: true,
  });
  const section = target.kind === "tool" ? "tools" : "prompts";
  const span = locate(editor.document.getText(), [section, target.name]);
  if (span === undefined) return;
  const at = editor.document.positionAt(span.offset);
  editor.selection = new vscode.Selection(at, at);
  editor.revealRange(
    new vscode.Range(at, at),
    vscode.TextEditorRevealType.InCenterIfOutsideViewport,
  );
}

export async function copyExposedName(app: App, args: RowArguments): Promise<void> {
  const targets = await capabilityTargets(app, args, {
    title: vscode.l10n.t("Copy the exposed name of which tool or prompt?"),
    many: false,
    applies: () => true,
  });
  const names = targets.flatMap((target) => findCapability(app, target)?.shown.exposedName ?? []);
  if (names.length > 0) await vscode.env.clipboard.writeText(names.join("\n"));
}
