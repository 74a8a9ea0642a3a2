import * as vscode from "vscode";
import type { CommandArguments } from "../../target.ts";
import type { AppContext } from "../app.ts";
import { layerPath, openDefinitionDocument, openLayerDocumentAt } from "../documents/index.ts";
import { saveCapabilities } from "../edits/index.ts";
import { capabilityTargets, findCapability, onServer } from "../targets/index.ts";

export async function resetOverrides(app: AppContext, args: CommandArguments): Promise<void> {
  const targets = await capabilityTargets(app, args, {
    title: vscode.l10n.t("Reset to the server's definition"),
    many: true,
    inPortals: true,
    applies: ({ overridden }) => overridden,
  });
  const overridden = targets.filter((target) => findCapability(app, target)?.shown.overridden);
  await saveCapabilities(
    app,
    overridden.map((target) => ({ target, values: { alias: null, description: null } })),
  );
}

/** Opens the server's or portal's document with the cursor on the tool or prompt. */
export async function openAtCapability(app: AppContext, args: CommandArguments): Promise<void> {
  const [target] = await capabilityTargets(app, args, {
    title: vscode.l10n.t("Open the document at which tool or prompt?"),
    many: false,
    applies: () => true,
  });
  if (target !== undefined) {
    await openLayerDocumentAt(target, layerPath(target), { preserveFocus: true });
  }
}

export async function copyExposedName(app: AppContext, args: CommandArguments): Promise<void> {
  const targets = await capabilityTargets(app, args, {
    title: vscode.l10n.t("Copy the exposed name of which tool or prompt?"),
    many: false,
    applies: () => true,
  });
  const names = targets.flatMap((target) => findCapability(app, target)?.shown.exposedName ?? []);
  if (names.length > 0) {
    await vscode.env.clipboard.writeText(names.join("\n"));
  }
}

/** Opens the upstream's definition of a tool or prompt, without overrides. */
export async function openDefinition(app: AppContext, args: CommandArguments): Promise<void> {
  const targets = await capabilityTargets(app, args, {
    title: vscode.l10n.t("Open the definition of which tool or prompt?"),
    many: false,
    applies: () => true,
  });
  for (const target of targets) {
    await openDefinitionDocument(onServer(target), { preview: targets.length === 1 });
  }
}
